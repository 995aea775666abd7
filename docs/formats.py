"""docs/reference/formats.md: every format with its steps, and what a format file may hold."""

from __future__ import annotations

from collections.abc import Iterator

from bot.rounds.formats import shipped
from bot.rounds.script import Format, Role, Step
from bot.rounds.step_rules import LeadsTo
from docs import meanings
from docs.format_keys import FORMAT_KEYS
from docs.writing import MADE, coded, table

FLOORS = {
    "contributors": "only those quoted",
    "inner": "only those in the bowl",
    "holder": "everybody once",
}
FILLED = {
    "chance": "drawn",
    "claim": "who wants to",
    "vote": "whom the vote falls on",
    "facilitator": "whom the facilitator asks",
    "lap": "everybody in turn",
}


def formats() -> str:
    """Every format with its steps, and what a format file may hold."""
    known = sorted(shipped().values(), key=lambda each: (each.variant_of or each.id, bool(each.variant_of), each.id))
    lines = [
        MADE,
        "# Dialogue formats",
        meanings.FORMATS,
        *table(
            ("format", "", "people", "your time", "over", "proposed"),
            [
                (
                    f"[`{each.id}`](#{each.id})",
                    f"{each.name['en']} / {each.name['nl']}",
                    f"{each.size.min} to {each.size.max}, best {each.size.best[0]} to {each.size.best[1]}",
                    f"{each.effort.async_minutes} minutes; live {each.effort.live_minutes}",
                    f"{each.effort.async_days} days",
                    _unlock(each),
                )
                for each in known
            ],
        ),
        meanings.STEPS.lstrip(),
        *table(("mode of a step", "what happens"), coded(meanings.MODES)),
    ]
    for each in known:
        lines += _format(each)
    lines += [
        "## Write your own",
        meanings.WRITE_YOUR_OWN,
        *table(
            ("key", "what it means"),
            coded(FORMAT_KEYS),
        ),
    ]
    return "\n".join(lines)


def _unlock(each: Format) -> str:
    needed = [(each.unlock.rounds, "round"), (each.unlock.cycles, "cycle")]
    told = " and ".join(f"{n} {what}{'s' if n > 1 else ''}" for n, what in needed if n)
    return f"after {told}" if told else "from the start"


def _format(script: Format) -> Iterator[str]:
    yield f"## {script.id}\n"
    yield f"**{script.name['en']}**. {script.blurb['en']} {script.purpose}\n"
    yield f"***{script.name['nl']}**. {script.blurb['nl']}*\n"
    if script.variant_of:
        yield f"A variant of [`{script.variant_of}`](#{script.variant_of}).\n"
    yield from table(
        ("step", "how", "open", "asks", "vraagt"),
        [(f"`{step.key}`", _how(step), _open(step), step.prompt["en"], step.prompt["nl"]) for step in script.steps],
    )
    if script.roles:
        yield "Roles: " + "; ".join(_role(role) for role in script.roles) + ".\n"
    if script.private:
        yield "It is played in a place where only those inside read what is said.\n"
    if script.sides:
        waits = "; where one has fewer, the round waits for somebody there" if script.size.below_side == "pause" else ""
        yield f"People stand on {script.sides} sides, with at least {script.size.per_side_min} on each{waits}.\n"
    if script.late_join_until:
        later = ", and later a group that has room" if script.late_join_groups else ""
        yield f"People can join until `{script.late_join_until}`{later}.\n"


def _role(role: Role) -> str:
    count = "everybody else" if role.rest else f"{role.count} to {role.most}" if role.most > role.count else role.count
    drawn = f" at `{role.drawn_at}`" if role.drawn_at else ""
    by = "" if role.rest else f", {FILLED[role.filled_by]}{drawn}"
    size = f", from {role.from_size} people on" if role.from_size else ""
    goes = ", without whom the round is closed" if role.essential else ""
    next_ = ", else the next in the vote" if role.if_silent == "runner_up" else ""
    parks = ", without whom the round is put aside for 90 days" if role.if_none == "park" else ""
    hint = ", whose silence only the facilitator hears of" if role.if_silent == "hint" else ""
    reaches = ", who is asked to reach a silent side" if role.reaches_out else ""
    last = ", last where they are silent" if role.if_silent == "last" else ""
    other = ", else whoever would" if role.if_silent == "volunteer" else ""
    words = ", whose words go when they leave, unless they say otherwise" if role.words_go else ""
    more = ", else one more who is asked in" if role.if_silent == "asks_in" else ""
    silent = f"{next_}{last}{other}{more}{hint}"
    return f"{role.name['en']} / {role.name['nl']} ({count}{by}{silent}{size}{goes}{parks}{reaches}{words})"


def _how(step: Step) -> str:
    parts = [f"`{step.mode}`"]
    if step.vote is not None:
        parts.append(step.vote.kind + (f" ({step.vote.per_person})" if step.vote.kind == "dots" else ""))
        parts += _leads_to(step.vote.leads_to)
    if step.groups is not None:
        parts.append(f"of {step.groups.size}" if step.groups.size else f"{step.groups.merge} groups become one")
        parts += ["with the notes of a silent one"] if step.groups.brings_notes else []
    if step.floor in FLOORS:
        parts.append(FLOORS[step.floor])
    elif step.floor != "all":
        parts.append(step.floor.replace("not:role:", "not the ").replace("role:", "only the ").replace("_", " "))
    if step.by_side:
        parts.append("by side")
    if step.reveal == "together":
        parts.append("revealed together")
    if step.anonymous == "optional":
        parts.append("can be without names")
    return ", ".join((*parts, *_when(step)))


def _leads_to(lead: LeadsTo | None) -> Iterator[str]:
    if lead is not None and lead.days:
        yield f"looked at after {lead.days} days in [`{lead.format}`](#{lead.format})"
    elif lead is not None:
        people = f" from {lead.least} people on" if lead.least > 1 else ""
        yield f"can go on in [`{lead.format}`](#{lead.format}){people}"


def _when(step: Step) -> Iterator[str]:
    """How often, where and whether at all."""
    if step.in_groups:
        yield "in each group"
    if step.repeat == "each":
        yield "once for everybody"
    if step.repeat == "until":
        yield f"until *yes*, {step.tries} times at most"
    if step.limit is not None:
        yield f"{step.limit.most} at most from each {step.limit.role or 'person'}"
    if step.parallel_with:
        yield f"beside `{step.parallel_with}`"
    match step.when:
        case None:
            pass
        case guard if guard.kind == "field":
            yield f"only if *{guard.value.replace('_', ' ')}* was picked"
        case guard if guard.kind == "role":
            yield f"only if there is a {guard.of.replace('_', ' ')}"
        case guard:
            yield f"only from {guard.value} people on"


def _open(step: Step) -> str:
    turn = f", a turn {step.turn_async_h:g} h or {step.turn_sync_min:g} min" if step.mode == "turns" else ""
    return f"{step.async_h:g} h; live {step.sync_min:g} min{turn}"
