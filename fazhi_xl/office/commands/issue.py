"""Issuing: one locked workbook for each unit, and a record of what was issued."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from fazhi_xl.disk import remove
from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.identity import Draft, Edition
from fazhi_xl.form.manifest import ALIKE, file_name, manifest
from fazhi_xl.form.model import Form
from fazhi_xl.form.unit_form import REHEARSAL_MARK, Previous
from fazhi_xl.notice.lint_blanks import blanks
from fazhi_xl.notice.lint_remark import LintRemark
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.switches import weights
from fazhi_xl.office.history.earlier_answers import Earlier, earlier_answers
from fazhi_xl.office.history.gone_inputs import GoneInput, gone_inputs
from fazhi_xl.office.outputs.issued_forms import IssuedForms
from fazhi_xl.office.workspace.catalogue import kept_texts
from fazhi_xl.office.workspace.editions import EarlierEdition, texts_file
from fazhi_xl.office.workspace.folder import Workspace, json_bytes, writing
from fazhi_xl.office.workspace.handed_over import refuse_handed_over
from fazhi_xl.office.workspace.issued_round import changed_units, keep_earlier, kept_earlier, make_forms
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.shared_forms import SharedForms
from fazhi_xl.reports.filing.receipt_names import REGISTER_FILE
from fazhi_xl.text.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedFiles:
    """What was issued: the files, the edition they bear, and the earlier round whose answers they bear, where one was named.

    `unasked` are the units that get no form, as it would have no input; `blanks` say what the forms leave out as the catalogue
    leaves it blank.
    """

    files: tuple[Path, ...]
    edition: Edition
    earlier: Earlier | None = None
    unasked: tuple[str, ...] = ()
    blanks: tuple[LintRemark, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """The units of the earlier round that are not of this one."""
        return self.earlier.unknown if self.earlier else ()


def nobody_confirms(_: Earlier) -> bool:
    """Leave out what only reads alike."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOrder:
    """What to issue; no units means all of them. `previous` is the folder of an earlier round.

    `confirm` says whether sub-points of that round that only read alike are the same; it is asked where there are any. With
    `drop_answers` inputs may go under which returns hold answers. `shared` is what rounds of the same notice have in common, where many
    are issued.
    """

    units: tuple[str, ...] = ()
    previous: Path | None = None
    confirm: Callable[[Earlier], bool] = nobody_confirms
    force: bool = False
    drop_answers: bool = False
    rehearsal: bool = False
    jobs: int = 1
    shared: SharedForms | None = None


_UNFINISHED = ".发放未完成"  # exists while an issue is under way, so that one that was killed may be repeated


def unfinished(space: Workspace) -> bool:
    """Say whether an issue did not come to its end, and has to be repeated."""
    return (space.root / _UNFINISHED).exists()


def issue(notice: Notice, space: Workspace, order: IssueOrder, progress: Progress, *, today: date) -> IssuedFiles:
    """Issue the workbooks.

    Raises WrongUseError for an unknown unit or a round that would be overwritten, WouldDropAnswersError where answers would be dropped.
    """
    wanted = [find_unit(notice, name) for name in order.units] or [unit.short for unit in notice.units]
    before = space.campaign()
    if before and before["campaign"] != notice.campaign:
        message = f"{space.root} 是“{before['campaign']}”那一轮的,没有改动。请给“{notice.campaign}”换一个输出位置("
        raise WrongUseError(message, Command.OUT, ")。")
    refuse_handed_over(space)
    space.make(space.issued, space.returns, space.archive)
    with locked(space, "发放", progress) as alive:
        return _build(notice, space, order, alive, wanted, today)


def _build(
    notice: Notice, space: Workspace, order: IssueOrder, progress: Progress, wanted: list[str], today: date
) -> IssuedFiles:
    before, under_way = space.campaign(), space.root / _UNFINISHED
    _refuse_overwriting(notice, space, wanted, force=order.force or (before is None and unfinished(space)))
    now = weights(notice.switches, today)
    first = Edition.of_record(before) if before else Edition(number=1, rehearsal=order.rehearsal).weighing(now)
    earlier = _earlier(notice, order, first)
    previous = earlier.answers if earlier else _kept_answers(notice, space, before, first)
    edition, forms, alike = _edition_and_forms(notice, space, before, first.weighing(now), previous, order.shared)
    if before and edition != first and not (order.drop_answers or first.rehearsal):
        gone = gone_inputs(notice, forms, before, _texts(space, before))
        _keep_answers(space, gone, progress, jobs=order.jobs)
    if previous is not None:
        keep_earlier(space, edition, previous)
    if earlier:
        _write_matches(notice, space, earlier)
    space.write(under_way, b"")
    mine = [form for form in forms if form.unit in wanted and form.shape.asks]
    bearing = previous is not None
    drawn = IssuedForms(notice=notice, space=space, edition=edition, forms=mine, previous=bearing, shared=order.shared)
    files = tuple(drawn.write(order.jobs, progress))
    # An edition issued again keeps its first day.
    issued = before["issued"] if before and before["version"] == edition.text else today.isoformat()
    kept = tuple(_on_record(forms, wanted, before, {edition.text, *alike}))
    record = order.shared.record if order.shared else partial(_written, notice)
    _blank_register(notice, space, edition)
    _record(space, before, edition, record(kept, edition=edition, issued=issued, alike=alike))
    with writing(under_way):
        remove(under_way)
    unasked = tuple(form.unit for form in forms if form.unit in wanted and not form.shape.asks)
    left = blanks(notice) if files else ()
    return IssuedFiles(files=files, edition=edition, earlier=earlier, unasked=unasked, blanks=left)


def _on_record(
    forms: Iterable[Form], wanted: Iterable[str], before: dict[str, Any] | None, alike: set[str]
) -> Iterator[Form]:
    """Give the forms that were issued now, and those that units have already of this edition or one alike, under their own numbers."""
    there = before["units"] if before and before["version"] in alike else ()
    numbers = {unit["unit"]: unit["form_number"] for unit in there}
    for form in forms:
        if form.shape.asks and form.unit in wanted:
            yield form
        elif form.shape.asks and form.unit in numbers:
            yield replace(form, number=numbers[form.unit])


def _keep_answers(space: Workspace, gone: tuple[GoneInput, ...], progress: Progress, *, jobs: int) -> None:
    """Refuse to take inputs out under which returns hold answers; where none is gone nothing is read."""
    if gone:
        from fazhi_xl.office.commands.keep_answers import refuse_dropping  # noqa: PLC0415 - loads what reads returns

        refuse_dropping(space, gone, progress, jobs=jobs)


def _earlier(notice: Notice, order: IssueOrder, edition: Edition) -> Earlier | None:
    """Read the earlier round that is named, and ask about what only reads alike."""
    if order.previous is None:
        return None
    found = earlier_answers(notice, order.previous, rehearsal=edition.rehearsal)
    return found.with_confirmed() if found.to_confirm and order.confirm(found) else found


def _write_matches(notice: Notice, space: Workspace, earlier: Earlier) -> None:
    from fazhi_xl.office.outputs.matches_book import write_matches  # noqa: PLC0415 - a round without one before it draws no report

    write_matches(space, notice, earlier)


def _kept_answers(notice: Notice, space: Workspace, before: dict[str, Any] | None, edition: Edition) -> Previous | None:
    """Give the earlier answers that the edition bears; where the catalogue was numbered anew since, under its new numbers."""
    kept = kept_earlier(space, edition)
    if kept is None or before is None or not changed_units(notice, make_forms(notice, space, edition, kept), before):
        return kept
    return EarlierEdition.of_record(notice, before, _texts(space, before)).answers(kept)


def _blank_register(notice: Notice, space: Workspace, edition: Edition) -> None:
    """Write 收到登记.xlsx where there is none, so that a longer time can be granted before anything came."""
    if not (path := space.root / REGISTER_FILE).exists():
        from fazhi_xl.reports.receipt_register import receipts_book  # noqa: PLC0415 - as above: most issues are repeated
        from fazhi_xl.xlsx.writer.report import report_bytes  # noqa: PLC0415 - as above

        mark = REHEARSAL_MARK if edition.rehearsal else ""
        space.write(path, report_bytes(receipts_book(notice, (), mark), notice.theme))


def _texts(space: Workspace, record: dict[str, Any]) -> dict[str, str]:
    """Give the texts of the sub-points that a record of an earlier version left out: the catalogue of its issue is still kept."""
    return {} if "sub_points" in record else kept_texts(space, record["campaign"])


def find_unit(notice: Notice, name: str) -> str:
    """Give the short name of the unit called so. Raises WrongUseError with the nearest match."""
    if unit := notice.unit_called(name):
        return unit.short
    near = notice.nearest_name(name)
    hint = f"是不是“{near}”?" if near else "请照 units.toml 里的名称或简称写。"
    message = f"没有名为“{name}”的单位。{hint}"
    raise WrongUseError(message)


def _refuse_overwriting(notice: Notice, space: Workspace, wanted: Iterable[str], *, force: bool) -> None:
    if force:
        return
    there = [file_name(notice, unit) for unit in wanted if (space.issued / file_name(notice, unit)).exists()]
    if there:
        message = f"{space.issued} 里已有 {there[0]} 等 {len(there)} 份发放的表,没有改动。确实要重新生成,请加 "
        raise WrongUseError(message, Command.FORCE, ";已经发出去的表仍然可以收。")


def _edition_and_forms(
    notice: Notice,
    space: Workspace,
    before: dict[str, Any] | None,
    edition: Edition,
    previous: Previous | None,
    shared: SharedForms | None,
) -> tuple[Edition, tuple[Form, ...], tuple[str, ...]]:
    """Keep the edition, and how it is drawn up, while the forms stay the same, so that an issue repeated gives the same files.

    Where nothing but what their checks say is another, by the switches of the day, the editions before are alike, and are named.
    """
    forms = make_forms(notice, space, edition, previous, shared)
    if before is None:
        return edition, forms, ()
    same, alike = not changed_units(notice, forms, before, shared), tuple(before.get(ALIKE, ()))
    recorded = Edition.of_record(before)
    if same and not _say_otherwise(forms, recorded, edition):
        return recorded, forms, alike
    known = (*alike, str(before["version"])) if same and edition.draft is Draft.CURRENT else ()
    edition = Edition(number=edition.number + 1, rehearsal=edition.rehearsal, switches=edition.switches)
    return edition, make_forms(notice, space, edition, previous, shared), known


def _say_otherwise(forms: Iterable[Form], one: Edition, other: Edition) -> bool:
    """Say whether any check of the forms says something else in one edition than in another."""
    apart = {code for code, _ in {*one.switches} ^ {*other.switches}}
    return bool(apart) and any(
        check.code in apart for form in forms for field in form.shape.fields.values() for check in field.checks
    )


def _written(
    notice: Notice, forms: tuple[Form, ...], *, edition: Edition, issued: str, alike: tuple[str, ...]
) -> bytes:
    return json_bytes(manifest(notice, forms, edition=edition, issued=issued, alike=alike), compact=True)


def _record(space: Workspace, before: dict[str, Any] | None, edition: Edition, held: bytes) -> None:
    """Write campaign.json; the record of an edition that was replaced goes into the archive."""
    if before and before["version"] != edition.text:
        space.write(space.archive / f"campaign-{before['version']}.json", space.campaign_file.read_bytes())
        if texts := _texts(space, before):
            space.write_json(space.archive / texts_file(before["version"]), texts)
    space.write(space.campaign_file, held)
