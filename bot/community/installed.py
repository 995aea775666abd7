"""Kring came into a space: who let it in reads once who it is and what to do now."""

from __future__ import annotations

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.customs import customs
from bot.chat.events import Installed
from bot.chat.messages import Button, Controls, Message, Note, Words, message
from bot.chat.names import Space
from bot.chat.requests import Post
from bot.chat.text import Code, Text
from bot.community.ports import Ctx
from bot.texts import catalogue


def greet(ctx: Ctx, event: Installed) -> Answer:
    """A second time is no news, whoever tells it. Where people have to ask first, letting Kring in is not asking."""
    space = event.account.space
    if customs(space).asked_first:
        return Nothing()
    about = Action("setup.greeting", f"{space.platform}.{space.id}")
    if ctx.unit.posts.find(ctx.community.id, about) is None:
        ctx.ask(Post(event.account, greeting(ctx.words, space), about=about))
    return Nothing()


def greeting(words: catalogue.Words, space: Space) -> Message:
    """Who Kring is, what to do, and what it keeps."""
    who = words.say(
        "Hello, I am Kring. I keep time, turn and memory in dialogue rounds, hold on to what people here know, and "
        "look after who is new. The talking is for people."
    )
    steps: list[Text] = [
        words.say(
            "Call {command} in the channel where I should greet people: that becomes my home. Or press the button "
            "here, and do that later.",
            command=Code("/kring setup"),
        )
    ]
    if invitation := customs(space).invitation:
        invite = words.say("Invite me with {command} to each channel where I should work.", command=Code(invitation))
        steps.insert(0, invite)
    kept = words.say(
        "I keep what people give me in a database on your own server; {me} shows everybody what I know of them.",
        me=Code("/kring me"),
    )
    setup = Button(words.label("Set up Kring"), Action("setup.open"), style="primary")
    return message(Words(who), *(Words(each) for each in steps), Controls((setup,)), Note(kept))
