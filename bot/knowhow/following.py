"""Where words change, so does the item: a source edited or deleted, a contribution given or taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.actions import Action
from bot.chat.answers import Answer, Nothing
from bot.chat.events import MemberLeft, MessageDeleted, MessageEdited
from bot.chat.people import Person
from bot.chat.requests import Edit
from bot.gate import offer, with_footer
from bot.knowhow import consent, letters, rules
from bot.knowhow.consenting import conclude, send_questions
from bot.knowhow.model import FIELDS, KEEPER, Contributor, Dropped, Field, Item, Quote, WordsChanged, WordsRemoved
from bot.knowhow.ports import KeptContribution, WithdrawnContribution
from bot.knowhow.publishing import Ctx, about, draft_becomes, erase, save, tell_keeper
from bot.knowhow.sentences import LONGEST, shortened
from bot.texts.catalogue import Words, _

FROM_FORM: dict[str, Field] = {"when": "situation", "situation": "situation", "what": "what_we_do"}
"""What a round's form calls a field of an item, where it is not the same."""


def source_edited(ctx: Ctx, event: MessageEdited) -> Answer:
    for item in ctx.unit.knowhow.quoting(ctx.community.id, event.message):
        touched = consent.edited(item, event.message, event.text)
        if touched.item == item:
            continue
        if touched.again:
            _ask_again(ctx, touched.item, touched.again)
        else:
            _settle(ctx, touched.item, WordsChanged())
    return Nothing()


def source_deleted(ctx: Ctx, event: MessageDeleted) -> Answer:
    for item in ctx.unit.knowhow.quoting(ctx.community.id, event.message):
        touched = consent.deleted(item, event.message)
        if touched.item == item:
            continue
        settled = _settle(ctx, touched.item, WordsRemoved())
        now = ctx.unit.knowhow.get(ctx.community.id, item.id)
        if now is not None and now.open and not item.open:
            continue  # the keeper has just been told that it is their draft again
        keeper = ctx.unit.people.get(ctx.community.id, item.keeper) if item.keeper else None
        mine = keeper is not None and ctx.person is not None and ctx.person.id == keeper.id
        if keeper is not None and not mine:
            tell_keeper(ctx, settled, letters.words_gone(ctx.words_for(keeper), settled))
    return Nothing()


def left(ctx: Ctx, _event: MemberLeft) -> Answer:
    """Nobody is pointed to somebody who has left, and is in no other space of the community."""
    if ctx.person is None or not ctx.person.gone:
        return Nothing()
    for item in ctx.unit.knowhow.touching(ctx.community.id, ctx.person.id):
        known = item.contributor_of(ctx.person.id)
        if known is not None and known.may_ask:
            save(ctx, consent.allow_asking(item, known.n, False))
    return Nothing()


def from_round(ctx: Ctx, fact: KeptContribution) -> None:
    """The author of a contribution said yes to keeping it: a draft of theirs, which still needs its situation."""
    author = ctx.unit.people.get(ctx.community.id, fact.author)
    if author is None:
        return
    origin = f"{fact.round}/{fact.contribution}"
    if ctx.unit.knowhow.from_origin(ctx.community.id, origin) is not None:
        return
    item, facts = rules.keep(ctx.new_id(), ctx.community.id, author.id, ctx.now, language=ctx.community.language)
    told = _told(fact)
    topic = fact.topic.strip()
    own: dict[Field, str] = {"title": topic} if rules.SHORTEST_TITLE <= len(topic) <= rules.LONGEST_TITLE else {}
    item = replace(
        item,
        origin=origin,
        own=own,
        quotes=tuple(Quote(n, field, text, KEEPER) for n, (field, text) in enumerate(told, 1)),
        contributors=(_author(author, named=fact.named),),
    )
    ctx.unit.knowhow.add(item)
    ctx.record(about(item), *facts)
    ctx.wait(about(item), rules.waits_until(item))
    letter = letters.from_round(ctx.words_for(author), item, topic)
    offer(ctx, author, "notice", letter, about=Action("knowhow.draft", item.id))


def round_withdrew(ctx: Ctx, fact: WithdrawnContribution) -> None:
    """A yes to keeping a contribution was taken back, or its words are gone: so they are here."""
    item = ctx.unit.knowhow.from_origin(ctx.community.id, f"{fact.round}/{fact.contribution}")
    if item is None:
        return
    if item.stage in ("sensed", "drafted") and item.number is None:
        draft_becomes(ctx, item, _("This draft is gone: the words in it were taken back."))
        erase(ctx, item, Dropped())
        return
    known = item.contributor(KEEPER)
    if known is not None and known.agreed:
        item, facts = consent.withdraw(item, KEEPER, ctx.now)
        save(ctx, item, *facts)


def _ask_again(ctx: Ctx, item: Item, again: tuple[Contributor, ...]) -> None:
    """Whoever has the old question before them gets the new words in its place; the others are asked anew."""
    item = replace(item, asked_until=max(item.asked_until or ctx.now, ctx.now + consent.ANSWER_WITHIN))
    anew: list[Contributor] = []
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper) if item.keeper else None
    for each in again:
        question = Action("knowhow.consent", f"{item.id}.{each.n}")
        posted = ctx.unit.posts.find(ctx.community.id, question)
        person = ctx.unit.people.get(ctx.community.id, each.person)
        if posted is not None and person is not None and each.version > 1 and each.n in _unanswered(ctx, item):
            letter = letters.consent(ctx.words_for(person), item, each, keeper)
            ctx.ask(Edit(posted.to, question, with_footer(ctx, person, "consent", letter)))
        else:
            anew.append(each)
    item = send_questions(ctx, item, tuple(anew)) if anew else item
    save(ctx, item, WordsChanged())


def _unanswered(ctx: Ctx, item: Item) -> set[int]:
    """Who has been asked and had not answered before this."""
    before = ctx.unit.knowhow.get(ctx.community.id, item.id)
    return {each.n for each in before.contributors if each.consent == "pending"} if before else set()


def _settle(ctx: Ctx, item: Item, fact: object) -> Item:
    if consent.complete(item, ctx.now):
        conclude(ctx, item, fact)
        return item
    item, facts = consent.stands(item, ctx.now, (fact,))
    save(ctx, item, *facts)
    if item.stage == "drafted" and len(facts) > 1:
        tell_keeper(ctx, item, letters.stays(_words(ctx, item), item))
    return item


def _words(ctx: Ctx, item: Item) -> Words:
    keeper = ctx.unit.people.get(ctx.community.id, item.keeper) if item.keeper else None
    return ctx.words_for(keeper) if keeper else ctx.common_words


def _author(author: Person, *, named: bool) -> Contributor:
    return Contributor(KEEPER, author.id, consent="yes" if named else "yes_anonymous")


def _told(fact: KeptContribution) -> list[tuple[Field, str]]:
    """The contribution by field where its form had fields of an item, else all of it as what somebody does."""
    known: list[tuple[Field, str]] = []
    for name, text in fact.fields:
        field = FROM_FORM.get(name) or next((each for each in FIELDS if each == name), None)
        if field is not None and text.strip():
            known.append((field, shortened(text.strip(), LONGEST)))
    return known or [("what_we_do", shortened(fact.body.strip(), LONGEST))]
