"""Questions and replies of a round: what units say to what they were asked is recorded, and settles what it answers.

A question is settled by a reply of its unit that says that what it entered is right, or why it is so; by the office in the unit's place;
or by itself, once what was entered is another. A reply that does none of that is kept all the same, and its file says why.
A reply stands as long as nobody said that its file is not to be used: after that it is on record, and settles nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from fazhi_xl.findings import Actor, Code, Finding, Place, finding
from fazhi_xl.form.sheets.review.common import DAY, NOTE
from fazhi_xl.form.sheets.review.dossier import Matter
from fazhi_xl.form.sheets.review.queries import ENTERED, QUERIES, QUESTION, REPLY, SETTLED, Settled
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.reply_log import Reply, add_replies, read_replies
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.queries import Question, questions
from fazhi_xl.rounds.replies import SHORTEST, UNCODED, Answer, GivenReply
from fazhi_xl.rounds.status import Status
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.identity_numbers import without_identity_numbers
from fazhi_xl.text.one_line import cut

_UNUSED = frozenset({Status.REJECTED, Status.IGNORED})
_SETTLING = frozenset({Answer.RIGHT.value, Answer.SAID.value})
_WHY_REFUSED = {Answer.SHORT.value: "看不出核实的结果", Answer.CHANGED.value: "内容和原来一样"}
_WHOLE = "全表"  # what a question is about that is about no input
_RECOGNISED = "办公室已经认定"
_TOLD = 100  # characters of a reply that reports quote


class _Replied(NamedTuple):
    """What is put beside a question, as a finding has it; blank where there is nothing."""

    answered: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """The questions of the returns that count, by their units' short names, and the replies on record that stand."""

    notice: Notice
    asked: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    replies: tuple[Reply, ...] = ()

    @property
    def settling(self) -> Mapping[tuple[str, str], Reply]:
        """Give the replies that settle what they answer, the last to each question."""
        return {each.key: each for each in self.replies if each.answer in _SETTLING}

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Give a row of the review book for each question that its unit has not settled, but for those about matters with a row there."""
        refused = self.refused
        return tuple(
            matter_of(unit, each, refused.get((unit.id, each.code.digest), ""))
            for unit, each in self.open
            if not each.claim
        )

    @property
    def open(self) -> Iterator[tuple[Unit, Question]]:
        """Give the questions that their units have not settled."""
        settled = self.settling
        for unit in self.notice.units:
            own = self.asked.get(unit.short, ())
            yield from ((unit, each) for each in own if (unit.id, each.code.digest) not in settled)

    @property
    def refused(self) -> Mapping[tuple[str, str], str]:
        """Give what was said last to open questions, by units and digests, and why it settles nothing."""
        last = {each.key: each for each in self.replies}
        about = {(each.unit, each.code, each.field): each for each in self.replies if each.answer in _SETTLING}
        asked = ((self.notice.units_by_short[short], own) for short, own in self.asked.items())
        now = {(unit.id, each.code.digest) for unit, own in asked for each in own}
        found: dict[tuple[str, str], str] = {}
        for unit, each in self.open:
            key, said = (unit.id, each.code.digest), about.get((unit.id, each.code.code, each.code.about))
            if reply := last.get(key):
                found[key] = f"{cut(reply.text, _TOLD)}({_WHY_REFUSED[reply.answer]})"
            elif said and said.key not in now:
                found[key] = f"{cut(said.text, _TOLD)}(说的是改动以前的内容)"
        return found


def matter_of(unit: Unit, asked: Question, reply: str = "") -> Matter:
    """Make the row of a question; `reply` is what the unit said to it, where that settles nothing."""
    said = {
        QUESTION: asked.finding.message,
        ENTERED: "" if asked.private else asked.finding.shown_value or "",
        REPLY: reply,
    }
    return QUERIES.matter(unit, asked.subject or _WHOLE, said, [asked.code.code, asked.code.about, asked.code.digest])


# What came in --------------------------------------------------------------------------------------------------------


def with_replies(
    notice: Notice, space: Workspace, files: Iterable[FileResult], now: str, set_aside: Collection[str] = ()
) -> tuple[tuple[FileResult, ...], Queries]:
    """Record the replies that are new, and give the files with what was answered, and what is wrong with replies. Raises WrongUseError.

    `set_aside` are the SHA-256 of all files that the office does not use, those included that are not there now.
    """
    every = tuple(files)
    asked = {file.unit: _questions(notice, file) for file in every if file.counts and file.unit}
    came, before = list(_came(notice, every, asked)), read_replies(space)
    new = _new(came, before, now)
    add_replies(space, new)
    stand = standing(notice, (*before, *new), every, set_aside)
    queries = Queries(notice=notice, asked=asked, replies=tuple(stand))
    told = _told(came, queries)
    settled, refused = queries.settling, queries.refused

    def answer(unit: Unit, question: Question) -> _Replied:
        key = (unit.id, question.code.digest)
        reply = settled.get(key)
        return _Replied(answered=_of_unit(reply)) if reply else _Replied(refused=refused.get(key, ""))

    noted = tuple(_noting(file, told.get(file.path, ())) for file in every)
    return _answered(noted, queries, answer), queries


def standing(
    notice: Notice, replies: Iterable[Reply], files: Iterable[FileResult], set_aside: Collection[str] = ()
) -> Iterator[Reply]:
    """Give the replies of files that are their units' and are used; one whose file is not there now stands, if it was not set aside."""
    here: defaultdict[str, list[FileResult]] = defaultdict(list)
    for file in files:
        here[file.sha256].append(file)
    ids = {unit.short: unit.id for unit in notice.units}
    for each in replies:
        own = here.get(each.sha256)
        used = not own or any(file.status not in _UNUSED and ids.get(file.unit or "") == each.unit for file in own)
        if used and each.sha256 not in set_aside:
            yield each


def settled_by_office(files: Iterable[FileResult], queries: Queries, decided: Decisions) -> tuple[FileResult, ...]:
    """Say of the questions that the office settled in a unit's place who did, and how it knows; one on a claim its verdict settles."""

    def answer(unit: Unit, question: Question) -> _Replied:
        if question.claim:
            held = decided.decisions.get((unit.short, question.claim))
            return _Replied(answered=_RECOGNISED if held and held.values.verdict else "")
        held = decided.decisions.get((unit.short, matter_of(unit, question).row))
        return _Replied(answered=_of_office(held) if held and held.values.text(SETTLED) else "")

    return _answered(files, queries, answer)


def _questions(notice: Notice, file: FileResult) -> tuple[Question, ...]:
    if file.answers is None or file.answers.blank or file.unit is None:
        return ()
    return questions(notice, notice.units_by_short[file.unit], file.answers, file.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """A reply in one of a unit's files; `asked` is the question that it answers, `why_not` the code of what is wrong with it."""

    unit: Unit
    file: FileResult
    given: GivenReply
    asked: Question | None
    why_not: Code | None

    def recorded(self, now: str) -> Reply:
        code, value = self.given.question, self.given.value
        if self.asked:
            value = "" if self.asked.private else self.asked.finding.value or ""
        return Reply(
            unit=self.unit.id,
            field=code.about,
            code=code.code,
            digest=code.digest,
            value=without_identity_numbers(value),
            answer=self.given.answer.value,
            text=without_identity_numbers(self.given.text),
            why_not=self.why_not.value if self.why_not else "",
            file=without_identity_numbers(self.file.path),
            sha256=self.file.sha256,
            received=self.file.received.isoformat(),
            recorded=now,
        )


def _came(notice: Notice, files: Iterable[FileResult], asked: Mapping[str, tuple[Question, ...]]) -> Iterator[_Came]:
    """Give the replies in all files that the office has not set aside, in the order of their receipt."""
    used = (file for file in files if file.unit and file.replies and file.status not in _UNUSED)
    for file in sorted(used, key=lambda each: (each.received, each.came, each.path)):
        unit = notice.units_by_short[file.unit or ""]
        for given in file.replies:
            own = {each.code.digest: each for each in asked.get(unit.short, ())}
            found = own.get(given.question.digest)
            why_not = _why_not(unit, given, found, own.values())
            yield _Came(unit=unit, file=file, given=given, asked=found, why_not=why_not)


def _why_not(unit: Unit, given: GivenReply, found: Question | None, own: Iterable[Question]) -> Code | None:
    """Say why a reply settles nothing; one that tells of a change needs no question that is still there."""
    if found:
        return {Answer.SHORT: Code.REPLY_SHORT, Answer.CHANGED: Code.REPLY_UNCHANGED}.get(given.answer)
    if given.question == UNCODED:
        return Code.REPLY_UNCODED
    if given.question.unit != unit.no:
        return Code.REPLY_OF_OTHERS
    if given.answer is Answer.CHANGED:
        return None
    about = (given.question.code, given.question.about)
    return Code.REPLY_OLDER if any((each.code.code, each.code.about) == about for each in own) else Code.REPLY_GONE


def _new(came: Iterable[_Came], before: Iterable[Reply], now: str) -> tuple[Reply, ...]:
    """Give the replies to record: of each file once, and once more where one that settled nothing answers what is asked by now."""
    known = {(_said_so(each), sound) for each in before for sound in {False, not each.why_not}}
    made = ((each.recorded(now), each.asked is not None and each.why_not is None) for each in came)
    new = {key: reply for reply, sound in made if (key := (_said_so(reply), sound)) not in known}
    return tuple(new.values())


def _said_so(each: Reply) -> tuple[str, ...]:
    """Give what makes a reply another one."""
    return each.unit, each.code, each.field, each.digest, each.text, each.sha256


# What is told of it --------------------------------------------------------------------------------------------------


def _told(came: Sequence[_Came], queries: Queries) -> Mapping[str, tuple[Finding, ...]]:
    """Give the findings on replies by their files' paths: how many, and what is wrong with those in each unit's last file that has any.

    What the office has to see to is told of earlier files as well, where it stands last.
    """
    last = {each.unit.id: each.file.path for each in came}
    stands = {_stands(each): each.file.path for each in came}
    settled = queries.settling
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for path, count in Counter(each.file.path for each in came).items():
        found[path].append(finding(Code.REPLIES_READ, count=count))
    for each in came:
        done = each.asked is not None and (each.unit.id, each.given.question.digest) in settled
        code = each.why_not or (Code.REPLY_ASIDE if each.given.aside else None)
        where = stands[_stands(each)] if code and code.actor is Actor.OFFICE else last[each.unit.id]
        if code and each.file.path == where and not (done and each.why_not):
            place = Place(sheet=each.given.sheet, cell=each.given.cell)
            words = {"minimum": SHORTEST, "other": f"{each.given.question.unit:02d}"}
            found[each.file.path].append(finding(code, place, value=cut(each.given.text, _TOLD), **words))
    return {path: tuple(own) for path, own in found.items()}


def _stands(each: _Came) -> tuple[str, str, str]:
    return each.unit.id, each.given.question.text, each.given.text


def _noting(file: FileResult, more: tuple[Finding, ...]) -> FileResult:
    if not more:
        return file
    status = Status.ACCEPTED_WITH_NOTES if file.status is Status.ACCEPTED else file.status
    return replace(file, findings=(*file.findings, *more), status=status)


def _answered(
    files: Iterable[FileResult], queries: Queries, answer: Callable[[Unit, Question], _Replied]
) -> tuple[FileResult, ...]:
    """Put what was replied beside the questions of the returns that count."""
    return tuple(_with_answers(file, queries, answer) if file.counts else file for file in files)


def _with_answers(file: FileResult, queries: Queries, answer: Callable[[Unit, Question], _Replied]) -> FileResult:
    unit = queries.notice.units_by_short[file.unit or ""]
    said = [(each.finding, made) for each in queries.asked.get(unit.short, ()) if any(made := answer(unit, each))]
    if not said:
        return file

    def told(each: Finding) -> Finding:
        made = next((made for asked, made in said if asked == replace(each, refused="")), _Replied())
        return replace(each, answered=made.answered or each.answered, refused=made.refused or each.refused)

    return replace(file, findings=tuple(map(told, file.findings)))


def _of_unit(reply: Reply) -> str:
    return f"{cut(reply.text, _TOLD)},{chinese_date(date.fromisoformat(reply.received))}来件"


def _of_office(held: Decision) -> str:
    """Say how the office settled a question, and when; who did stands in the review book."""
    said, note = held.values.text(SETTLED), held.values.text(NOTE)
    how = note if said == Settled.AS_NOTED else ";".join(filter(None, (said, note)))
    day = held.values.day(DAY)
    return f"办公室代为核实,{cut(how, _TOLD)}" + (f"({chinese_date(day)})" if day else "")
