"""The rest of a rehearsal, as an office goes on: more time, the review, second opinions, a request, sealing and the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

from fazhi_xl.answers.locate import locate
from fazhi_xl.form.appeal_form import ASKED, ASKS, MATERIAL, row_of
from fazhi_xl.form.appeal_form import REASON as WHY
from fazhi_xl.form.manifest import file_name, file_stem
from fazhi_xl.form.model import Form
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.sheets.review.common import NOTE
from fazhi_xl.form.sheets.review.dossier import Case, row_code
from fazhi_xl.form.sheets.review.scores import REASON, SCORE
from fazhi_xl.notice.choices import KeptBy, Scope
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands import invented_answers
from fazhi_xl.office.commands.archive import ArchiveOrder, archive
from fazhi_xl.office.commands.collect import CollectOrder, collected
from fazhi_xl.office.commands.invented_extensions import enter_extensions
from fazhi_xl.office.commands.invented_replies import asked, doubtful, replied
from fazhi_xl.office.commands.invented_review import SAID, Entered, Signature, by_row, enter, invented_row
from fazhi_xl.office.commands.rehearse import dated, filled, receive, rehearse
from fazhi_xl.office.commands.second import draw_second
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.review.second.draw import Lot
from fazhi_xl.office.review.second.drawn import drawings
from fazhi_xl.office.review.session import Acceptance, Review, ReviewOrders
from fazhi_xl.office.review.write_books import BOOK
from fazhi_xl.office.sealing.seal import SealOrder, seal
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.media.titles import FEEDBACK, feedback_file
from fazhi_xl.rounds.deadlines import Extension
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.second import Stratum
from fazhi_xl.rounds.undecided import OpenMatter, Undecided
from fazhi_xl.xlsx.reader import read

FIRST, SECOND, HEAD = f"{SAID}张三", f"{SAID}李四", f"{SAID}王主任"
EVERYONE, EDITION, LOWERED = "全部", "演练稿", f"{SAID}材料只能证明一半"
_LOWERED = 17  # every so many sub-points one loses half of what it was given
_SENT, _MORE = timedelta(days=6), timedelta(days=10)
"""How long after the day that was due the form of a unit with more time comes, and how long it has."""
_TURNS = 6  # of review and collect, until nothing is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """The round that is played on, and how it is collected."""

    notice: Notice
    space: Workspace
    progress: Progress
    jobs: int
    seed: int
    now: datetime

    @property
    def day(self) -> date:
        """The day of all decisions: today, or the last of the period where today lies before it, which no book would take."""
        return max(self.now.date(), self.notice.about.dates.period_end)

    def collect(self, orders: ReviewOrders | None = None) -> tuple[Round, Review]:
        """Collect once more."""
        order = CollectOrder(sources=Sources(jobs=self.jobs), review=orders or ReviewOrders())
        return collected(self.notice, self.space, order, self.progress, now=self.now)


def rehearse_whole(
    notice: Notice, space: Workspace, progress: Progress, *, jobs: int, seed: int, now: datetime
) -> Round:
    """Play a round from its forms to its archive. Raises RehearsalError where a file was judged otherwise than planned."""
    played = rehearse(notice, space, progress, jobs=jobs, seed=seed, now=now)
    if not played.scored:
        return played
    act = Act(notice=notice, space=space, progress=progress, jobs=jobs, seed=seed, now=_in_time(notice, now))
    if act.now < now:
        _say(act, f"申请复核的期限已经过了,按期限那天({act.now.date()})演")
    return play_on(act, played)


def _in_time(notice: Notice, now: datetime) -> datetime:
    """Give the moment at which the rest is played: a day by which units may still ask for a review."""
    due = notice.about.dates.appeals_due
    return now.replace(year=due.year, month=due.month, day=due.day) if due and due < now.date() else now


def play_on(act: Act, played: Round) -> Round:
    """Play on until the result is sealed and archived; a round that only registers of the office can complete stays as it is.

    Raises WrongUseError where a file cannot be written.
    """
    late = _extend(act, played)
    if late:
        _say(act, "给没有报送的一家延期,补报的表收进来,有一处请核实")
    _say(act, "审核人逐项核定")
    _, done = act.collect(ReviewOrders(accept=Acceptance(units=(EVERYONE,), reviewer=FIRST)))
    if late and _reply(act, late):
        _say(act, "这一家在“需修改事项”里答复,发回来")
    round_, done = _settle(act, done, _lowered(act, done))
    if not round_.official:
        return round_
    _say(act, "抽一部分得分点由第二个人再审,相差大的裁定")
    lot = Lot(share=Fraction(1, 20), seed=act.seed, key=b"")  # a play, not a secret: the same seed plays the same
    list(draw_second(act.space, done, lot, now=act.now))
    _give_second(act, done)
    round_, done = _settle(act, act.collect()[1])
    if _request(act, done):
        _say(act, "一家单位申请复核,改了分")
        round_, done = _settle(act, act.collect()[1])
    else:
        _say(act, "没有一家单位的反馈单带失分的得分点,没有演练复核申请")
    _say(act, "定稿、归档、验证")
    seal(act.space, SealOrder(name=EDITION, by=HEAD, round_=round_, now=act.now), act.progress)
    archived = archive(act.space, ArchiveOrder(jobs=act.jobs), act.progress)
    for line in archived.lines:
        act.progress.say(line)
    return round_


def _say(act: Act, what: str) -> None:
    act.progress.say(f"【演练】接着演练:{what}。")


# More time -----------------------------------------------------------------------------------------------------------


def _extend(act: Act, played: Round) -> Form | None:
    """Grant a unit of which nothing usable came, best none at all, more time, within which its form comes, with something to ask about.

    Gives its form; None where every unit returned one.
    """
    issued = issued_round(act.notice, act.space, None)
    missing = sorted((unit.unit for unit in played.missing), key=lambda unit: bool(played.files_of(unit)))
    form = next((form for unit in missing for form in issued.forms if form.unit == unit and form.shape.asks), None)
    if form is None:
        return None
    due = act.notice.about.dates.ledger_due
    granted = Extension(unit=form.unit, day=due + _MORE, by=HEAD, why=f"{SAID}换了承办人,经批准延期")
    enter_extensions(issued, (granted,))
    name = file_name(act.notice, form.unit)
    made = invented_answers.answers(act.notice, form.shape, Random(act.seed))  # noqa: S311 - a play, not a secret
    odd = made | doubtful(act.notice, form.shape)
    receive(act.space, f"{due + _SENT}/{name}", filled(form, (act.space.issued / name).read_bytes(), odd))
    return form


def _reply(act: Act, form: Form) -> bool:
    """Send the form that went back to a unit in again, with a reply to each question; says whether anything was asked."""
    unit = act.notice.units_by_short[form.unit]
    pack = next(act.space.corrections.glob(f"{file_stem(unit)}*.xlsx"), None)
    if not pack or not asked(pack.read_bytes()):
        return False
    receive(act.space, f"{act.notice.about.dates.ledger_due + _MORE}/{pack.name}", replied(pack.read_bytes()))
    return True


# The review ----------------------------------------------------------------------------------------------------------


def _lowered(act: Act, done: Review) -> dict[str, Entered]:
    """Take points off some sub-points, with a reason."""
    reasons = act.notice.about.review.reasons
    cases = [case for case in done.dossier.cases if case.self_score and not case.out and not case.register]
    entries: dict[str, Entered] = {}
    for case in cases[::_LOWERED]:
        lower: dict[str, Entered] = {SCORE: _half(case), NOTE: LOWERED}
        why: dict[str, Entered] = {REASON: reasons[0]} if reasons else {}
        entries |= _typed(case.code, Signature(name=FIRST, day=act.day).sign({**lower, **why}))
    return entries


def _half(case: Case) -> float:
    return float(Fraction(case.self_score or 0) // 2) / 100


def _typed(row: str, columns: Mapping[str, Entered]) -> dict[str, Entered]:
    return {f"{row}.{column}": said for column, said in columns.items()}


def _settle(act: Act, done: Review, first: Mapping[str, Entered] | None = None) -> tuple[Round, Review]:
    """Enter what is given `first` and decide whatever is open, and collect, until nothing is that the office's book can settle."""
    entries: dict[str, Entered] = {**dict(_decided(act, done)), **(first or {})}
    round_, done = _entered(act, entries)
    for _ in range(_TURNS):
        before, entries = entries, dict(_decided(act, done))
        if not entries or entries == before:
            break
        round_, done = _entered(act, entries)
    return round_, done


def _entered(act: Act, entries: Mapping[str, Entered]) -> tuple[Round, Review]:
    enter(act.space.review / BOOK, entries)
    return act.collect()


def _decided(act: Act, done: Review) -> Iterator[tuple[str, Entered]]:
    rows, signature = by_row(review_shape(done.dossier).fields.values()), Signature(name=HEAD, day=act.day)
    shown = {matter.code: matter.said for own in done.dossier.matters.values() for matter in own}
    for each in done.open:
        code = _register_row(act.notice, each) if each.kind is Undecided.OFFICE_VALUE else each.code
        if code in rows and not each.book and each.kind is not Undecided.UNREAD:
            said = invented_row(each.kind, rows[code], shown.get(code, {}))
            yield from _typed(code, signature.sign(said)).items()


def _register_row(notice: Notice, each: OpenMatter) -> str:
    """Give the row of a register in which the office enters the value that a sub-point waits for."""
    register = next(own for own in notice.registers_of(KeptBy.OFFICE) if own.name == each.sheet)
    if register.scope is Scope.UNIT:
        return row_code(notice.units_by_short[each.unit], register.code)
    return f"{register.code}.001"


def _give_second(act: Act, done: Review) -> None:
    """Give the second opinions: as the first nearly everywhere, and twice as much here and there where points were taken off."""
    signature = Signature(name=SECOND, day=act.day)
    marks = {each.no: each.values.score for each in done.record.decisions}
    for drawing in drawings(act.space):
        entries: dict[str, Entered] = {}
        for no, row in enumerate(drawing.rows):
            first = marks[row.decision] or 0
            same = row.stratum != Stratum.DEDUCTED.value or no % 4
            columns: dict[str, Entered] = {SCORE: float(first if same else 2 * first), NOTE: f"{SAID}独立核对"}
            entries |= _typed(row.code, signature.sign(columns))
        enter(act.space.review / drawing.book, entries)


# A request for a review ----------------------------------------------------------------------------------------------


def _request(act: Act, done: Review) -> bool:
    """Send the feedback sheet of a unit back with a request on a sub-point that lost points; says whether there is any."""
    lost = (case for case in done.dossier.cases if (case.unit.short, case.sub.code) in _taken_off(done))
    case = next((case for case in lost if row_of(case.sub.id) in _rows(_feedback(act, case))), None)
    if case is None:
        return False
    path = _feedback(act, case)
    target = f"{act.notice.about.dates.appeals_due or act.notice.about.dates.ledger_due}/{path.name}"
    receive(act.space, target, path.read_bytes())
    asked: dict[str, Entered] = {ASKED: ASKS, WHY: f"{SAID}签到表和照片能证明另一半", MATERIAL: f"{SAID}签到表"}
    enter(act.space.returns / target, _typed(row_of(case.sub.id), asked))
    dated(act.space.returns / target)
    return True


def _feedback(act: Act, case: Case) -> Path:
    return act.space.results / FEEDBACK / feedback_file(case.unit)


def _rows(sheet: Path) -> Collection[str]:
    """Name the rows of a feedback sheet; none where it is not there."""
    return locate(read(sheet.read_bytes()).cells).rows if sheet.exists() else ()


def _taken_off(done: Review) -> set[tuple[str, str]]:
    """Give the unit and sub-point of each decision that the first reviewer lowered and nobody ruled on since."""
    return {
        each.key for each in done.record.in_force.values() if each.values.text(NOTE) == LOWERED and each.follows is None
    }
