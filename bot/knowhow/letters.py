"""What Kring writes to one person about an item: the draft, the question for consent, how others fared, who asks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.actions import Action
from bot.chat.messages import Block, Button, Controls, Heading, Message, Note, message
from bot.chat.messages import Words as Paragraph
from bot.chat.people import Person
from bot.chat.standing import Standing
from bot.chat.text import ChannelName, Moment, Plain, Text, plain
from bot.knowhow.model import ClosingThread, Contributor, Item, Tried
from bot.knowhow.views import People, row, said, title, together, withdraw_button
from bot.knowhow.wording import drafted, shown
from bot.texts.catalogue import Words, _


def reading(words: Words) -> Message:
    return message(said(words, _("I am reading the thread. You get the draft in a moment, in a direct message.")))


def draft(
    words: Words,
    item: Item,
    authors: Sequence[Text],
    similar: Sequence[Item],
    people: People,
    *,
    unread: Text = (),
) -> Message:
    """The draft is there: from whom, what to take care of, and whether it is new at all.

    `unread`: why its thread could not be read.
    """
    name = drafted(item, "title")
    heading = words.label("Your draft: {title}", title=name) if name else words.label("Your draft")
    blocks: list[Block] = [Heading(heading)]
    if unread:
        again = Button(words.label("Read it again"), Action("knowhow.again", item.id))
        blocks += [Paragraph((*words.say("*I could not read the thread.*"), Plain(" "), *unread)), Controls((again,))]
    n = len(item.quotes)
    if item.quotes:
        blocks.append(
            Paragraph(
                words.count(
                    "I chose {n} sentence that may be worth keeping, from {people}. Nobody else sees it yet.",
                    "I chose {n} sentences that may be worth keeping, from {people}. Nobody else sees them yet.",
                    n,
                    people=together(words, authors),
                )
            )
        )
    else:
        blocks.append(
            said(words, _("I found no words of people to choose from, so it is up to your own. Nobody else sees it."))
        )
    blocks += sensitive(words, item)
    if similar:
        blocks.append(said(words, _("Is it one of these?")))
        for each in similar:
            blocks += row(words, each, people)
    blocks.append(Controls(_draft_buttons(words, item)))
    blocks.append(
        Note(words.say("Whoever is quoted is asked first. A draft you do not finish is erased after 30 days."))
    )
    return message(*blocks, summary=heading)


def offer(words: Words, known: ClosingThread, how: Standing) -> Message:
    """To whoever began a thread that closes soon: shall it be kept?"""
    channel = ChannelName(known.thread.channel)
    closes = Moment(how.closes_at or known.closes_at)
    text = _(
        "Nobody has written in «{title}» in {channel} for a while, and it closes by itself: {moment}, or some time "
        "after. Shall we keep it for the next person with the same question?"
    )
    note = _(
        "You see the draft first, and whoever is quoted is asked too. While the thread is open you can also choose "
        "*Keep as know-how* in the menu of the message that helped."
    )
    buttons = (_keep(words, known), Button(words.label("Leave it"), Action("knowhow.leave", known.id)))
    title = how.title or words.label("a conversation")
    gist = words.label("Shall we keep «{title}»?", title=title)
    told = said(words, text, title=title, channel=channel, moment=closes)
    return message(told, Controls(buttons), Note(words.say(note)), summary=gist)


def offer_in_public(words: Words, known: ClosingThread) -> Message:
    """In the thread, where Kring may not write to whoever began it."""
    text = _(
        "Nobody has written here for a while, and before long this thread would close by itself. Shall we keep it for "
        "the next person with the same question?"
    )
    note = _("Whoever presses it gets a draft, and everybody who is quoted is asked first. I offer this once.")
    return message(said(words, text), Controls((_keep(words, known),)), Note(words.say(note)))


def _keep(words: Words, known: ClosingThread) -> Button:
    return Button(words.label("Keep as know-how"), Action("knowhow.offer", known.id), style="primary")


def card_refused(words: Words, item: Item, why: Text) -> Message:
    """To whoever wanted a card of it to stand somewhere."""
    told = words.say("I could not show *{ref}* there.", ref=item.ref)
    opening = Button(words.label("Open {ref}", ref=item.ref), Action("knowhow.open", item.id))
    return message(Paragraph((*told, Plain(" "), *why)), Controls((opening,)))


def question_refused(words: Words, question: Text, why: Text) -> Message:
    """To whoever asked the circle; their words come back."""
    told = words.say("I could not bring your question to the channel.")
    again = Button(words.label("Ask the circle"), Action("knowhow.circle"))
    return message(Paragraph((*told, Plain(" "), *why)), Paragraph(question, quote=True), Controls((again,)))


def sensitive(words: Words, item: Item) -> Sequence[Block]:
    if not item.sensitive:
        return ()
    text = _("*Please look twice.* Something in this thread may be meant for those who were there only.")
    return (said(words, text),)


def _draft_buttons(words: Words, item: Item) -> tuple[Button, ...]:
    question = words.label("The draft is erased. Go on?")
    return (
        Button(words.label("Look at the draft"), Action("knowhow.draft", item.id), style="primary"),
        Button(
            words.label("Drop it"), Action("knowhow.drop", item.id), confirm=question, deny=words.label("Never mind")
        ),
    )


def draft_in_public(words: Words, item: Item, keeper: Person) -> Message:
    """Where the keeper takes no direct messages; the draft itself opens for the keeper alone."""
    look = Button(words.label("Look at the draft"), Action("knowhow.draft", item.id))
    text = _("The draft is ready, {name}. It opens for you alone.")
    return message(said(words, text, name=keeper.shown(notify=True)), Controls((look,)))


def draft_done(words: Words, text: str, **values: object) -> Message:
    """What stands where the draft stood."""
    return message(said(words, text, **values))


def asking(words: Words, people: int) -> Message:
    counted = words.count(
        "I am asking {n} person whether their words may be kept. You hear from me when they have answered.",
        "I am asking {n} people whether their words may be kept. You hear from me when they have answered.",
        people,
    )
    return message(Paragraph(counted))


def is_it_new(words: Words, item: Item, similar: Sequence[Item], people: People) -> Message:
    """Before something new is shared: is it one of these?"""
    blocks: list[Block] = [Heading(words.label("Is it one of these?"))]
    for each in similar:
        blocks += row(words, each, people)
    anyway = Button(words.label("No, share mine"), Action("knowhow.share", item.id), style="primary")
    drop = Button(words.label("Drop mine"), Action("knowhow.drop", item.id))
    return message(*blocks, Controls((anyway, drop)))


def consent(words: Words, item: Item, known: Contributor, keeper: Person | None) -> Message:
    """The exact words, and four answers. Not answering is one of them."""
    text = _("From «{topic}» I would like to keep this as practice knowledge:")
    topic = drafted(item, "title") or words.label("a conversation")
    id_ = f"{item.id}.{known.n}.{known.version}"
    blocks: list[Block] = [
        said(words, text, topic=topic),
        Paragraph((Plain(known.text),), quote=True),
        said(words, _("May I? No answer counts as no.")),
    ]
    if keeper is not None:
        about = _("{name} wants to keep this so that everybody here can find it. Nobody hears who said no.")
        blocks.append(Note(words.say(about, name=keeper.shown())))
    buttons = (
        Button(words.label("Yes, with my name"), Action("knowhow.yes", id_), style="primary"),
        Button(words.label("Yes, without my name"), Action("knowhow.unnamed", id_)),
        Button(words.label("I'd word it differently"), Action("knowhow.reword", id_)),
        Button(words.label("No"), Action("knowhow.no", id_)),
    )
    return message(*blocks, Controls(buttons), summary=words.label("May I keep words of yours?"))


def consent_in_public(words: Words, item: Item, n: int, person: Person) -> Message:
    """Where somebody takes no direct messages: a button that opens the question for them alone."""
    see = Button(words.label("See"), Action("knowhow.see", f"{item.id}.{n}"))
    text = _("Somebody would like to ask you something, {name}.")
    return message(said(words, text, name=person.shown(notify=True)), Controls((see,)))


def agreed(words: Words, item: Item, known: Contributor) -> Message:
    """Thanks; whoever is named is asked whether people may turn to them."""
    if not known.named:
        text = _("Thank you. Your words may be kept, without your name.")
        return message(said(words, text), Controls((withdraw_button(words, item, known.n),)))
    if known.may_ask:
        text = _("Thank you. People may ask you about it; you can stop that at any time.")
        return message(said(words, text), Controls((withdraw_button(words, item, known.n),)))
    id_ = f"{item.id}.{known.n}"
    buttons = (
        Button(words.label("Yes, they may ask me"), Action("knowhow.mayask", id_), style="primary"),
        withdraw_button(words, item, known.n),
    )
    text = _(
        "Thank you. Your words may be kept, with your name. May people ask you about it? Without your yes they cannot."
    )
    return message(said(words, text), Controls(buttons))


def shared(words: Words, item: Item) -> Message:
    """To the keeper: it stands."""
    opening = Button(words.label("Open {ref}", ref=item.ref), Action("knowhow.open", item.id), style="primary")
    return message(
        said(words, _("*{ref}* is shared: «{title}»."), ref=item.ref, title=title(words, item)), Controls((opening,))
    )


def stays(words: Words, item: Item) -> Message:
    """To the keeper: it does not stand without what was taken out; not a word about whose it was."""
    text = _(
        "Not everything in «{title}» may be kept, so it does not stand on its own for now. It is your draft again, and "
        "nobody else sees it."
    )
    name = drafted(item, "title") or item.ref or words.label("your draft")
    return message(said(words, text, title=name), Controls(_draft_buttons(words, item)))


def words_gone(words: Words, item: Item) -> Message:
    """To the keeper: a source was deleted."""
    text = _("A message that «{title}» quotes was deleted, so those words are gone from it too.")
    name = shown(item, "title") or drafted(item, "title") or item.ref or words.label("your draft")
    buttons = (
        _draft_buttons(words, item)
        if item.open
        else (Button(words.label("Open {ref}", ref=item.ref), Action("knowhow.open", item.id)),)
    )
    controls = (Controls(buttons),) if item.open or item.ref else ()
    return message(said(words, text, title=name), *controls)


def from_round(words: Words, item: Item, topic: str) -> Message:
    """To an author whose contribution may be kept: it needs its situation."""
    text = _(
        "You said that your words about «{topic}» may be kept. They still need a title and the situation they belong "
        "to; shall we finish that?"
    )
    quote = "\n".join(quote.text for quote in item.quotes)
    return message(
        said(words, text, topic=topic), Paragraph(plain(quote), quote=True), Controls(_draft_buttons(words, item))
    )


def news(words: Words, item: Item, reports: Sequence[Tried], last: Text) -> Message:
    """To contributors, once a day at most: others tried it."""
    opening = Button(words.label("Open {ref}", ref=item.ref), Action("knowhow.open", item.id))
    n = len({report.person or str(report.n) for report in reports})
    counted = words.count("{n} person tried «{title}».", "{n} people tried «{title}».", n, title=title(words, item))
    return message(Paragraph(counted), Paragraph(last, quote=True), Controls((opening,)))


def introduction(words: Words, item: Item, n: int, asker: Person, question: str) -> Message:
    """To somebody who said that people may ask: who asks, what, and about which item."""
    text = _("{name} ({organisation}) would like to ask you something about *{ref}*, «{title}»:")
    reply = Button(words.label("Reply"), Action("knowhow.reply", f"{item.id}.{asker.id}"), style="primary")
    enough = Button(words.label("Don't ask me any more"), Action("knowhow.noask", f"{item.id}.{n}"))
    opening = said(
        words, text, name=asker.shown(), organisation=asker.organisation, ref=item.ref, title=title(words, item)
    )
    note = words.say("You said that people may ask you about it. You owe nobody an answer.")
    gist = words.label("{name} would like to ask you something", name=asker.name)
    return message(opening, Paragraph(plain(question), quote=True), Controls((reply, enough)), Note(note), summary=gist)


def reply(words: Words, item: Item, who: Person, text: str) -> Message:
    """To the asker."""
    opening = said(words, _("{name} replies to your question about *{ref}*:"), name=who.shown(), ref=item.ref)
    return message(opening, Paragraph(plain(text), quote=True))


def not_brought(words: Words, to: Person, written: Text) -> Message:
    """To whoever asked or replied; their words come back."""
    told = words.say(
        "I could not bring this to {name}. Here are your words, so that you can go another way:", name=to.shown()
    )
    return message(Paragraph(told), Paragraph(written, quote=True))
