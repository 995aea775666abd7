"""What `kring run` cannot do without: one sentence for each thing that the settings lack, with the mend."""

from __future__ import annotations

from bot.settings import Discord, Settings, variable


def missing(settings: Settings) -> tuple[str, ...]:
    """None when it can start."""
    faults = (*of_slack(settings), *of_discord(settings))
    if faults or settings.slack.begun or settings.discord.begun:
        return faults
    bot, token = variable("slack", "bot_token"), variable("discord", "token")
    nothing = f"there is nothing to run: give {bot} for Slack (`kring slack manifest` begins), {token} for Discord"
    return (f"{nothing}, or try `kring demo`",)


def of_slack(settings: Settings) -> tuple[str, ...]:
    """None when it is not switched on, too."""
    slack = settings.slack
    if not slack.begun:
        return ()
    bot, client, secret, signing = (
        variable("slack", name) for name in ("bot_token", "client_id", "client_secret", "signing_secret")
    )
    faults = []
    if slack.bot_token and (slack.client_id or slack.client_secret):
        faults.append(
            f"{bot} and {client} are both given: keep the token for one workspace, or the client id and the client "
            "secret for several, and take the other away"
        )
    elif slack.client_id or slack.client_secret:
        reason = "is missing: several workspaces need the client id and the client secret"
        faults += [
            f"{name} {reason}" for name, one in ((client, slack.client_id), (secret, slack.client_secret)) if not one
        ]
        if not slack.signing_secret:
            faults.append(f"{signing} is missing: without it anybody could forge an installation")
        if not settings.server.public_url:
            faults.append("[server] public_url is missing: Slack sends who installs Kring back to it")
    elif not slack.bot_token:
        faults.append(f"{bot} is missing: the Bot User OAuth Token (xoxb-…) of the app")
    if slack.mode == "socket" and not slack.app_token:
        faults.append(
            f'{variable("slack", "app_token")} is missing: [slack] mode = "socket" needs an app-level token (xapp-…)'
        )
    if slack.mode == "http" and not slack.signing_secret:
        faults.append(f'{signing} is missing: with [slack] mode = "http" anybody could forge what people do')
    return tuple(dict.fromkeys(faults))


def of_discord(settings: Settings) -> tuple[str, ...]:
    """None when nothing is said of it, too."""
    discord, token = settings.discord, variable("discord", "token")
    asked_for = [name for name in ("message_content", "members") if getattr(discord, name)]
    if asked_for and not discord.begun:
        return (f"{token} is missing: [discord] {asked_for[0]} = true asks for Discord",)
    at_home = Discord()
    if discord.begun and (discord.api_url == at_home.api_url) != (discord.gateway_url == at_home.gateway_url):
        return ("[discord] api_url and gateway_url belong together: of another Discord give both",)
    return ()
