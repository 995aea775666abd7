"""What each key of a format file means, in the order of the reference."""

from __future__ import annotations

FORMAT_KEYS = {
    "id": "the name of the file without `.toml`; what people type",
    "version": "a whole number; raise it when you change the steps (running rounds keep the script they began with)",
    "purpose": "one line, in English: what it is good for",
    "name.en": "what people call it",
    "name.nl": "hoe mensen het noemen",
    "blurb.en": "one or two sentences for whoever chooses",
    "blurb.nl": "een of twee zinnen voor wie kiest",
    "emphasis.explore": "0 to 2: how much it searches for new things",
    "emphasis.exploit": "0 to 2: how much it holds on to what is known",
    "emphasis.tacit": "0 to 2: how much it is about know-how that is hard to write down",
    "emphasis.explicit": "0 to 2: how much it is about what can be written down",
    "size.min": "with fewer people it does not begin",
    "size.best": "two numbers: with how many it works best",
    "size.max": "further people are put on the waiting list",
    "size.below": "what happens when people leave and too few are left: `ask` (unless told), the step is finished and "
    "people are asked what to do; or `close`, the round closes at once and what was said stays",
    "effort.async_minutes": "minutes of a person's time when it is spread over days",
    "effort.async_days": "over how many days at most",
    "effort.live_minutes": "minutes in one sitting",
    "good_for": "what it is proposed for by `/kring round suggest`, the first thing first: `meet` (get to know each "
    "other), `chafes` (something chafes), `idea`, `back` (look back), `keep` (keep what we learned), `other` (another "
    "organisation), `newcomers`; left out: it is proposed last",
    "unlock.rounds": "so many rounds a community has done before it is proposed; 0 unless told",
    "unlock.cycles": "so many cycles: a round that searched and one that held on; 0 unless told",
    "late_join_until": "the step from which on nobody joins as a speaker any more; left out: until the end",
    "late_join_groups": "`true`: after that people still join while a group at work has fewer than it was meant "
    "to have; left out: nobody does",
    "instead": "the id of a format that is proposed when the round closes by `if_nothing`; left out: none",
    "place": "`thread` (unless told), `private` (only those inside read what is said, and after 30 days what is not "
    "kept is erased) or `private_trio` (only those inside read, each group by itself)",
    "sides": "`2`: people stand on two sides, such as two organisations; left out: on none",
    "size.per_side_min": "with sides: so many people each side has at least",
    "size.below_side": "with sides: what happens when one becomes too small while a step is open: `ask` (unless told), "
    "the step is finished and people are asked what to do; or `pause`, the round waits and somebody is looked for on "
    "that side, also when it is too late to join; after three days, live twelve minutes, people are asked",
    "roles.<role>.en": "what the role is called",
    "roles.<role>.nl": "hoe de rol heet",
    "roles.<role>.count": 'how many people have it: `1` (unless told), `"0..2"`, or `"rest"`: all without another',
    "roles.<role>.filled_by": "who gets it: by `chance` when a step needs it, by `claim` or `vote` in a step, by the "
    "`facilitator`, or by the `lap` in steps that go round; left out: as the steps make plain",
    "roles.<role>.essential": "`true`: when the one who has it leaves, the round is closed",
    "roles.<role>.drawn_at": "of a role filled by `chance`: the key of the step at whose opening it is drawn, for "
    "somebody who has to know from then on; who leaves is not replaced; left out: when a step needs it",
    "roles.<role>.if_silent": "when who has the word for it says nothing for a whole turn: `hint`, the facilitator "
    "alone hears of it, and nothing is said in the thread; `volunteer`, the word is for whoever else would say it; "
    "`last`, of the first role that goes round: the next lap begins, and theirs is played after all others; "
    "`asks_in`, of a role that goes round in groups: at 60 % of the time whose lap it is may ask one more person in, "
    "where fewer have the role than could; nobody else hears of it; "
    "`runner_up`, of a role that a vote gives: they give way to the author of what came next in that vote, and so on, "
    "also when they pass, and where nobody tells nobody has the role; left out: the step goes quiet as every other",
    "roles.<role>.if_none": "of a role that people claim: `park`, when the step closes and nobody has taken it the "
    "round is put aside for 90 days, once; then that step is open again, as it is when the last one who had "
    "it leaves while the round is wrapped up; left out: the round goes on without",
    "roles.<role>.reaches_out": "`true`: with sides, who has it is asked to reach the side that says nothing; where "
    "nobody has such a role, the facilitator is",
    "roles.<role>.words_go": "`true`: when the one who has it leaves and does not say within three days what becomes "
    "of their words, these go; left out: they stay",
    "roles.<role>.from_size": "with fewer people nobody has it",
    "notes.<any>": "remarks for people who read the file; Kring does not use them",
    "steps.key": "the step's name, unique in the file",
    "steps.mode": "`collect`, `turns`, `open`, `vote` or `groups`, see above",
    "steps.prompt.en": "the question, up to 1,000 characters",
    "steps.prompt.nl": "de vraag",
    "steps.async_h": "hours the step is open at most, spread over days",
    "steps.sync_min": "minutes the step is open at most, live",
    "steps.floor": "who may speak: `all` (unless told; in `turns` that is `holder`, everybody once), `contributors` "
    "(who said something before), `role:<role>`, `not:role:<role>`, or `inner` for the role of that name",
    "steps.order": "of `turns`: `random` (unless told), `fixed`, in the order of joining, or `newcomers_first`",
    "steps.turn_async_h": "of `turns`: hours for one turn, spread over days; may be left out where the floor is a role",
    "steps.turn_sync_min": "of `turns`: minutes for one turn, live",
    "steps.reveal": "of `collect`: `together`, `none`, or `to:role:<role>` for one reader",
    "steps.by": "of `collect` that is revealed together: `side`, nothing is shown before each side has answers",
    "steps.repeat": '`"each:member"`: steps of that kind that stand together go round, once for each person; '
    '`"until:yes max:3"`: such steps are played again as long as a vote in them says anything but `yes`, so '
    "many times at most",
    "steps.runs_in": "`group`: it is played in every group that a `groups` step formed before",
    "steps.when": 'played only if `"FIELD == OPTION"` (picked in a form), `"role KEY filled"` or `"size >= 5"`',
    "steps.parallel_with": "the key of the step right before it: both are open at the same time",
    "steps.limit.max_inputs": "of `open` and `groups`: so many contributions of one person",
    "steps.limit.role": "only for those with this role; left out: for everybody",
    "steps.groups.size": "of `groups`: so many people in each",
    "steps.groups.merge": "instead: so many of the groups there are become one",
    "steps.groups.odd": "who is left over makes groups `larger` (unless told), or a `smaller` one",
    "steps.groups.prefer": "`not_recently_together`, or `different`: of other organisations and roles",
    "steps.groups.reporter": "`random`: somebody in each group has the role `reporter` from then on",
    "steps.groups.brings_notes": "of groups that merge: `true`, where a group said nothing, what its people noted "
    "before in a `collect` step with `reveal` `none` is shown to the larger one, with their names; Kring tells them so "
    "when they note it, and the prompts should too",
    "steps.anonymous": "of `collect` that is revealed together: `optional` lets the round be started without names; "
    "`never` unless told",
    "steps.if_nothing": "when nobody has said anything in it, even when there was more time: `go_on` (unless told), "
    "`close`, the round closes with thanks, and proposes `instead`, or `next_lap`, of the first step of a lap, or of "
    "what is repeated in it until a yes: what is left of the lap is not played",
    "steps.last_word": "`true`: it is the last step and asks for the word to close with, so Kring itself does not",
    "steps.harvest": "`none` (unless told), `mark` (people may press **Keep this** on their own words), `draft` "
    "(authors of what got most votes, or of everything, are asked)",
    "steps.min_inputs": "with fewer answers the step went quiet and is extended once; three unless told",
    "steps.input.key": "one field of an answer that is given in a form with several",
    "steps.input.en": "the field's label",
    "steps.input.nl": "het opschrift van het veld",
    "steps.input.options.key": "one of the things that can be picked there; without options it is written",
    "steps.input.options.en": "what it is called",
    "steps.input.options.nl": "hoe het heet",
    "steps.vote.kind": "of `vote`: `choice` (one), `dots` (several), `scale` (a mark), `consent` (fine, a concern, an "
    "objection), `claim` (who takes what)",
    "steps.vote.per_person": "of `dots`: how many everybody has; 1 unless told",
    "steps.vote.scale": "of `scale`: the lowest and the highest mark, from -10 to 10; `[1, 5]` unless told",
    "steps.vote.own_excluded": "of `choice` and `dots` on answers: `true`, nobody votes for their own",
    "steps.vote.gives": "the role that whoever wrote the answer with most votes gets; not where names may be left out",
    "steps.vote.leads_to.format": "the id of a format in which people can go on with what this vote came to: it is "
    "offered below the closing words. Of `choice`, `dots`, and `claim` of roles",
    "steps.vote.leads_to.from": "of `choice` and `dots`: from how many people on who picked it; 1 unless told",
    "steps.vote.leads_to.days": "of `claim`: after so many days people look at it together in that format. Kring asks "
    "in the thread and writes to those who took it on; they can choose another day",
    "steps.vote.proposals": "of `choice`: `true`, people may add options while it is open",
    "steps.vote.seats": "of `claim`: the roles that can be taken; left out: all of them",
    "steps.vote.open_chair": "of `claim`: so many of the first of `seats` stay free for whoever wants in later",
    "steps.vote.options": "what is voted on; left out: the answers that were revealed last. Of `consent`: may repeat "
    '`["fine", "concern", "objection"]`',
    "steps.vote.options.key": "an option's name",
    "steps.vote.options.en": "what it is called",
    "steps.vote.options.nl": "hoe zij heet",
    "variants.id": "the same format, played a little differently, is started by this name",
    "variants.name.en": "what people call it",
    "variants.name.nl": "hoe mensen het noemen",
    "variants.blurb.en": "one or two sentences for whoever chooses",
    "variants.blurb.nl": "een of twee zinnen voor wie kiest",
    "variants.purpose": "what it is good for, where that is something else",
    "variants.leave_out": "the keys of steps that it does not play",
    "variants.late_join_until": "as above, where it differs",
    "variants.steps.key": "a step's key; other keys take the place of the step's own, `\"\"` takes it away. "
    "With a new key it is a step of its own",
    "variants.steps.after": "the key of the step after which a new one is played, or to which this one moves",
}
