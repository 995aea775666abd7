"""The `kring` command. What goes wrong is told in one sentence, without a traceback, and with exit status 1."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import click

from bot.errors import SettingsFault
from bot.example import example
from bot.format_commands import formats
from bot.settings import Database
from bot.telling import settings_of, told

DEMO = "kring-demo.db"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kring")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="Settings; default ./config.toml.")
@click.pass_context
def main(ctx: click.Context, config: Path | None) -> None:
    """Kring: a self-hosted bot for communities of practice."""
    ctx.obj = config


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Default 8080; 0 takes a free one.")
@click.option("--host", help="Default 127.0.0.1: only this machine.")
@click.option("--db", type=click.Path(path_type=Path, dir_okay=False), help=f"Default ./{DEMO}; made when missing.")
@click.option("--language", type=click.Choice(["en", "nl"]), help="Of the seeded community; default en.")
@click.option("--empty", is_flag=True, help="Begin without people, rounds and know-how.")
@click.option("--i-know-what-i-do", is_flag=True, help="Allow another address than this machine's own.")
@click.pass_obj
@told
def demo(
    config: Path | None,
    port: int | None,
    host: str | None,
    db: Path | None,
    language: str | None,
    empty: bool,
    i_know_what_i_do: bool,
) -> None:
    """The playground: a page on this machine where you play all the people. No tokens needed."""
    from bot.compose import run_demo
    from bot.logs import configure
    from storage.care import url_of

    settings = settings_of(config)
    # a line for each event would bury the address; who asks for a level gets it
    chosen = "log" in settings.model_fields_set
    configure(settings.log if chosen else settings.log.model_copy(update={"level": "warning"}))
    playground = settings.playground
    asyncio.run(
        run_demo(
            settings.model_copy(update={"database": Database(url=url_of(db or Path(DEMO)))}),
            host=host or playground.host,
            port=playground.port if port is None else port,
            language=language or playground.language,
            empty=empty,
            i_know_what_i_do=i_know_what_i_do,
            ready=lambda url: click.echo(f"Kring plays at {url}  (Ctrl-C stops; everything is kept in {db or DEMO})"),
        )
    )


@main.command()
@click.pass_obj
@told
def run(config: Path | None) -> None:
    """Starts Kring on every platform that is configured. Ctrl-C or SIGTERM stops it; nothing is lost."""
    from bot.logs import configure
    from bot.missing import missing

    settings = settings_of(config)
    faults = missing(settings)
    if faults:
        raise SettingsFault(faults)
    from bot.running import run as serve

    configure(settings.log)
    asyncio.run(serve(settings, ready=click.echo))


@main.command()
@click.pass_obj
@told
def doctor(config: Path | None) -> None:
    """Looks at the settings, the database, the key, Slack and Discord, and says what to do about what is not right."""
    from bot.examining import examine

    if not examine(settings_of(config), click.echo):
        sys.exit(1)


@main.command("new-key")
def new_key() -> None:
    """Prints a fresh key for KRING_KEY. To change keys, put the new one before the old one, with a comma between."""
    from cryptography.fernet import Fernet

    click.echo(Fernet.generate_key().decode())


@main.command("example-config")
def example_config() -> None:
    """Prints config.example.toml: every setting with its default and what it means."""
    click.echo(example(), nl=False)


@main.group()
def slack() -> None:
    """Slack: the manifest of the app."""


@slack.command("manifest")
@click.option("--http", metavar="URL", help="Slack calls Kring at this https address, instead of Socket Mode.")
@click.option("--install", metavar="URL", help="Socket Mode, with pages at this address where workspaces install.")
@told
def slack_manifest(http: str | None, install: str | None) -> None:
    """Prints the manifest to make Kring's app from: api.slack.com/apps, Create New App, From a manifest, JSON."""
    from adapters.slack.manifest import manifest
    from bot.features import gather
    from bot.settings import public

    for option, url in (("--http", http), ("--install", install)):
        try:
            public(url or "https://localhost")
        except ValueError as error:
            raise SettingsFault([f"{option} {url}: {error}"]) from None
    if http and install:
        raise SettingsFault(["--http has the pages to install too; leave --install out"])
    made = manifest(gather().offered.commands, http or install, socket=http is None)
    click.echo(json.dumps(made, indent=2))


@main.group()
def discord() -> None:
    """Discord: the link by which servers invite Kring."""


@discord.command("invite")
@click.argument("application", required=False, metavar="[APPLICATION_ID]")
@click.pass_obj
@told
def discord_invite(config: Path | None, application: str | None) -> None:
    """Prints the link by which a server invites Kring, with the least permissions. Discord is not asked for it.

    APPLICATION_ID is read from KRING_DISCORD__TOKEN where it is left out.
    """
    from adapters.discord.invite import application_of, url
    from bot.settings import variable

    where = "General Information -> Application ID, at discord.com/developers/applications -> your app"
    token = variable("discord", "token")
    if application is None:
        given = settings_of(config).discord.token
        if given is None:
            raise SettingsFault(
                [f"{token} is not there; give it, or the id of the app: kring discord invite ID ({where})"]
            )
        application = application_of(given.get_secret_value())
        if application is None:
            raise SettingsFault([f"{token} does not name its app; give the id: kring discord invite ID ({where})"])
    try:
        click.echo(url(application))
    except ValueError:
        raise SettingsFault([f"{application} is not the id of an app, which is a number ({where})"]) from None


@main.group()
def db() -> None:
    """The database: bring it up to date, check it, copy it."""


@db.command("upgrade")
@click.pass_obj
@told
def db_upgrade(config: Path | None) -> None:
    """Brings the tables up to date. `kring demo` does so by itself."""
    from storage.care import upgrade

    click.echo(upgrade(settings_of(config).database.url))


@db.command("check")
@click.pass_obj
@told
def db_check(config: Path | None) -> None:
    """Says whether the database is whole and up to date."""
    from storage.care import check

    click.echo(check(settings_of(config).database.url))


@db.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
@told
def db_backup(config: Path | None, file: Path) -> None:
    """Copies the database into FILE while Kring may be running."""
    from storage.care import backup

    click.echo(backup(settings_of(config).database.url, file))


main.add_command(formats)


if __name__ == "__main__":
    main()
