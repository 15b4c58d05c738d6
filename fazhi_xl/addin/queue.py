"""The console's review queue: a row for each undecided sub-point, with the entries typed into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fazhi_xl.addin.host import Row, Value
from fazhi_xl.addin.layout import QUEUE_CODES, RESULT
from fazhi_xl.form.sheets.review import scores
from fazhi_xl.form.sheets.review.common import BASIS, DECIDED
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.office.review.console_entries import COLUMNS, ConsoleResult, ConsoleRow
from fazhi_xl.points import Hundredths

_CHANGED = "单位的数据在填写以后变了,请看过现在的数据再写回。"


def rows(dossier: Dossier, units: Iterable[str], entries: Iterable[ConsoleRow], taken: ConsoleResult) -> list[Row]:
    """Give a row for each undecided sub-point, of these units if any are named; unrecorded entries are kept."""
    wanted, typed = frozenset(units), {entry.code: entry for entry in entries}
    why: dict[str, str] = {}
    for code, fault in taken.faults:
        why[code] = why.get(code, "") + fault.message
    cases = (case for case in dossier.cases if not wanted or case.unit.short in wanted or case.code in typed)
    return [_row(dossier, case, typed.get(case.code), why.get(case.code, "")) for case in cases]


def left_out(dossier: Dossier, entries: Iterable[ConsoleRow], taken: ConsoleResult, *, written: bool) -> Iterator[str]:
    """Say why entries in rows that are no longer undecided were not recorded."""
    still = {case.code for case in dossier.cases}
    if written:
        yield from (fault.message for code, fault in taken.faults if code not in still)
        return
    for entry in entries:
        if entry.code not in still:
            yield f"{entry.unit} {entry.code}:已经核定或者没有这一行了,工作台里填的没有记录。"


def _row(dossier: Dossier, case: Case, entry: ConsoleRow | None, why: str) -> Row:
    changed = bool(entry and entry.basis != dossier.basis[case.code])
    held: dict[str, Value] = {
        "编号": case.code,
        scores.UNIT: case.unit.short,
        scores.TEXT: f"{case.sub.code} {case.sub.text}",
        scores.POINTS: _points(case.sub.points),
        scores.AUTO: _points(case.auto),
        scores.SELF: _points(case.self_score),
        scores.FACTS: case.facts,
        scores.EVIDENCE: case.evidence,
        scores.DOUBTS: case.told + case.register + case.doubts,
        BASIS: dossier.basis[case.code],
        DECIDED: dossier.decided.get(case.code, ""),
        RESULT: why or (_CHANGED if changed else "单位申请不涉及,请选核准或不核准。" if case.out else ""),
        **(entry.values if entry else {}),
    }
    return [held.get(code) for code in QUEUE_CODES]


def _points(points: Hundredths | None) -> float | None:
    return None if points is None else float(points / 100)


def entries(table: Iterable[Sequence[Value]]) -> Iterator[ConsoleRow]:
    """Give the rows that contain entries."""
    for row in table:
        held = dict(zip(QUEUE_CODES, row, strict=True))
        entry = ConsoleRow(
            code=_text(held["编号"]),
            unit=_text(held[scores.UNIT]),
            values={column: held[column] for column in COLUMNS},
            basis=_text(held[BASIS]),
            base=_text(held[DECIDED]),
        )
        if entry.filled:
            yield entry


def _text(value: Value) -> str:
    """Give a cell as text; Excel may have turned digits into a number."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
