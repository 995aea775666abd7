"""Shows the person who acted what they see now: for them alone, and within what Discord allows as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from adapters.discord import steps
from adapters.discord.calling import Calling
from adapters.discord.custom_ids import CustomId
from adapters.discord.inbound import ASK_AGAIN, Opened
from adapters.discord.origin import Origin
from adapters.discord.parts import Part, drawn, parts
from adapters.discord.people import spoken_to
from adapters.discord.replies import Reply
from adapters.discord.servers import Servers
from adapters.discord.steps import Partly, Steps
from bot.chat.actions import LONGEST, Action
from bot.chat.answers import Answer, FormErrors, Nothing, OpenForm, Replace, Tell
from bot.chat.forms import Form
from bot.chat.messages import Button, Controls, Message, Words, message
from bot.chat.text import Code, Text
from bot.texts.catalogue import _

TOO_LATE = _("The form did not open in time. Press here, and it opens at once.")
NO_FORM_HERE = _("This needs a form, and here a form opens from a button only.")
PRESS_AGAIN = _("The form did not open in time. Please press once more.")
CALL_AGAIN = _("The form did not open in time. Please call the command once more.")
STRANGE = _("This step is over.")
NOT_KNOWN = _("I do not know yet in which server you are. Call {command} there once, then come back.")


class Answers:
    def __init__(self, calling: Calling, forms: Steps, servers: Servers) -> None:
        self._calling = calling
        self._forms = forms
        self._servers = servers

    async def give(self, answer: Answer, origin: Origin, reply: Reply, form: CustomId | None = None) -> None:
        """`form` is what was sent, where it was a form. Raises PlatformTrouble or PlatformRefusal."""
        match answer:
            case Nothing():
                await reply.end()
            case Tell(message=told):
                await self._tell(await self._alone(told, origin), origin, reply, form)
            case Replace(message=told) if origin.alone or origin.direct:
                await reply.replace(await self._alone(told, origin))
            case Replace(message=told):  # others see that message too
                await reply.say(await self._alone(told, origin))
            case OpenForm(form=blank):
                await self._open(blank, origin, reply)
            case FormErrors() if form is not None:
                wrong = await self._forms.wrong(origin.account, form.action, answer)
                shown = steps.wrong(spoken_to(origin.language), wrong, space=origin.space)
                await self._tell([await drawn(each) for each in shown], origin, reply, form)
            case FormErrors():
                await reply.end()
            case _:
                assert_never(answer)

    async def open_again(self, opened: Opened, reply: Reply) -> None:
        """A step of a form that is kept."""
        origin, words = opened.origin, spoken_to(opened.origin.language)
        modal = await self._forms.again(origin.account, opened.action, opened.step)
        if modal is None:
            await reply.replace(await self._alone(steps.lost(words), origin))
        elif not await reply.open(modal | {"custom_id": CustomId(opened.action, "again", opened.step).pack()}):
            await self._say(words.say(PRESS_AGAIN), origin, reply)

    async def ask_for_more(self, went: Partly, origin: Origin, reply: Reply, form: CustomId) -> None:
        """One step of a form was sent; the next is opened by a button."""
        shown = steps.partly(spoken_to(origin.language), went, space=origin.space)
        await self._tell([await drawn(shown)], origin, reply, form)

    async def lost(self, origin: Origin, reply: Reply) -> None:
        """Nothing is known any more of the form that was sent."""
        await reply.say(await self._alone(steps.lost(spoken_to(origin.language)), origin))

    async def strange(self, origin: Origin, reply: Reply) -> None:
        await self._say(spoken_to(origin.language).say(STRANGE), origin, reply)

    async def not_known(self, origin: Origin, reply: Reply) -> None:
        await reply.say(await self._alone(unknown(origin), origin))

    async def write(self, answer: Answer, origin: Origin) -> None:
        """The answer to words in a direct conversation: a message there."""
        match answer:
            case Tell(message=told) | Replace(message=told):
                pass
            case OpenForm():
                told = _ask_again(NO_FORM_HERE, origin)
            case _:
                return
        await self.post(told, origin)

    async def post(self, told: Message, origin: Origin) -> None:
        """A message in a direct conversation. Raises PlatformTrouble or PlatformRefusal."""
        for part in await self._alone(told, origin):
            path = "/channels/{channel_id}/messages"
            await self._calling.ask("POST", path, json=part.body, files=part.files, channel_id=origin.channel)

    # -- inside

    async def _open(self, form: Form, origin: Origin, reply: Reply) -> None:
        modal = await self._forms.open(origin.account, form, channels=self._servers.channel_names(origin.server))
        if origin.via != "form" and await reply.open(modal):
            return
        if origin.via == "form":  # Discord opens no form in answer to a form
            went = Partly(form.action, 0, 0, 1)
            await self.ask_for_more(went, origin, reply, CustomId(form.action))
        elif origin.asked:
            await reply.say(await self._alone(_ask_again(TOO_LATE, origin), origin))
        else:
            await self._say(spoken_to(origin.language).say(PRESS_AGAIN), origin, reply)

    async def _tell(self, shown: Sequence[Part], origin: Origin, reply: Reply, form: CustomId | None) -> None:
        """What stands between two steps of a form makes room for what comes then."""
        if form is not None and form.use == "again" and (origin.alone or origin.direct):
            await reply.replace(shown)
        else:
            await reply.say(shown)

    async def _say(self, text: Text, origin: Origin, reply: Reply) -> None:
        await reply.say(await self._alone(message(Words(text)), origin))

    async def _alone(self, told: Message, origin: Origin) -> Sequence[Part]:
        return await parts(told, space=origin.space, private=True)


def unknown(origin: Origin) -> Message:
    """In their own conversation with Kring nobody can tell where they belong."""
    return message(Words(spoken_to(origin.language).say(NOT_KNOWN, command=Code("/kring"))))


def _ask_again(text: str, origin: Origin) -> Message:
    """A button that asks the same again, for a press may open a form; without one where it was too long to ask."""
    words = spoken_to(origin.language)
    said = Words(words.say(text))
    if len(ASK_AGAIN) + 1 + len(origin.asked) > LONGEST:
        return message(Words(words.say(CALL_AGAIN)))
    return message(said, Controls((Button(words.label("Open the form"), Action(ASK_AGAIN, origin.asked), "primary"),)))
