"""What earlier collects found and read in forms with the same bytes, so that it need not be found again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from fazhi_xl.answers.content_code import ContentCode, Unlike
from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.read import Answers
from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code, Finding, Place
from fazhi_xl.form.model import Form
from fazhi_xl.office.returns.stages import AnsweredReturn, IdentifiedReturn, older_edition
from fazhi_xl.office.workspace.issued_round import IssuedRound
from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.office.workspace.recorded_folder import content_of
from fazhi_xl.office.workspace.store import Entry, Kept, Store

Json = dict[str, Any]
_FAST = 1  # of zlib's levels
_KINDS = {kind.value: kind for kind in CellKind}
_CODES = {code.value: code for code in Code}
_PLAIN = frozenset({str, int, bool, type(None)})
_PACKED: Mapping[type, tuple[str, Callable[[Any], str]]] = {
    Fraction: ("fraction", str),
    date: ("date", date.isoformat),
}
_UNPACKED: Mapping[str, Callable[[str], object]] = {"fraction": Fraction, "date": date.fromisoformat}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredBefore:
    """Answers by the SHA-256 of returns: the same program finds the same in them, by the same form and with the same passwords.

    `about` digests all that the forms of a round are made of. A form of an earlier edition is read anew each time.
    """

    store: Store
    about: str

    @classmethod
    def of(cls, issued: IssuedRound, store: Store, passwords: tuple[str, ...]) -> AnsweredBefore:
        return cls(store=store, about=content_of(program_digest(), issued.notice, issued.edition, passwords))

    def answered(self, each: IdentifiedReturn) -> AnsweredReturn | None:
        """Give what was found in a form; None where it has to be found."""
        held = self.store.get(Kept.ANSWERS, _key(self.about, each)) if _of_today(each) else None
        with suppress(ValueError, KeyError, TypeError, zlib.error):
            return _answered(each, json.loads(zlib.decompress(held))) if held else None
        return None


def answers_entry(about: str, each: IdentifiedReturn, found: AnsweredReturn) -> Entry | None:
    """Write what is to be kept of a form; None where some of it is of a kind that does not come back equal."""
    with suppress(TypeError):
        return (Kept.ANSWERS, _key(about, each), _kept(each, found)) if _of_today(each) else None
    return None


def _key(about: str, each: IdentifiedReturn) -> str:
    own = sorted(each.form.slots.items()), sorted(each.form.prior.items()), sorted(each.off)
    return content_of(about, each.form.unit, own, each.arrival.sha256)


def _of_today(each: IdentifiedReturn) -> bool:
    return each.edition is None and not older_edition(each.findings)


# As JSON -------------------------------------------------------------------------------------------------------------


def _kept(each: IdentifiedReturn, found: AnsweredReturn) -> bytes:
    """Write what was found. Raises TypeError for what JSON has no like of."""
    rows = {field.row for field in each.form.shape.fields.values()}
    held = {
        "values": {key: packed(value) for key, value in found.answers.values.items()},
        "findings": list(map(_finding, found.answers.findings)),
        "doubts": list(map(_finding, found.findings[len(each.findings) :])),
        "cells": [[key, *_cell(cell)] for key, cell in found.answers.cells.items()],
        "rows": [[row, *at] for row, at in found.located.rows.items() if row in rows],
        "content": asdict(found.answers.content) if found.answers.content else None,
    }
    return zlib.compress(json.dumps(held, separators=(",", ":")).encode(), _FAST)


def _answered(each: IdentifiedReturn, held: Json) -> AnsweredReturn:
    form, cells = each.form, {key: _cell_of(cell) for key, *cell in held["cells"]}
    return AnsweredReturn(
        arrival=each.arrival,
        book=each.book,
        form=form,
        located=Located(
            cells={key: cell._replace(format="") if cell.format else cell for key, cell in cells.items()},
            rows={row: (sheet, no) for row, sheet, no in held["rows"]},
        ),
        answers=_answers(form, cells, held),
        findings=(*each.findings, *map(_finding_of, held["doubts"])),
        says=each.says,
    )


def _answers(form: Form, cells: Mapping[str, Found], held: Json) -> Answers:
    return Answers(
        shape=form.shape,
        values={key: unpacked(value) for key, value in held["values"].items()},
        findings=tuple(map(_finding_of, held["findings"])),
        prior=form.prior,
        cells=cells,
        content=_content(held["content"]),
    )


def _content(held: Json | None) -> ContentCode | None:
    return ContentCode(**{**held, "unlike": held["unlike"] and Unlike(held["unlike"])}) if held else None


def _finding(found: Finding) -> list[object]:
    place = found.place
    words = {gap: packed(word) for gap, word in found.words.items()}
    return [found.code, place.sheet, place.cell, place.field, place.unit, found.value, words]


def _finding_of(held: Iterable[Any]) -> Finding:
    code, sheet, cell, field, unit, value, words = held
    return Finding(
        code=_CODES[code],
        place=Place(sheet=sheet, cell=cell, field=field, unit=unit),
        value=value,
        words={gap: unpacked(word) for gap, word in words.items()},
    )


def _cell(cell: Found) -> list[object]:
    return [cell.sheet, cell.cell, cell.kind, cell.text, cell.formula, cell.format]


def _cell_of(held: Iterable[Any]) -> Found:
    sheet, cell, kind, text, formula, code = held
    return Found(sheet=sheet, cell=cell, kind=_KINDS[kind], text=text, formula=formula, format=code)


def packed(value: object) -> object:
    """Write a value so that it comes back equal and of its own type. Raises TypeError for any other type."""
    if type(value) in _PLAIN:
        return value
    if type(value) not in _PACKED:
        raise TypeError(value)
    kind, text = _PACKED[type(value)]
    return [kind, text(value)]


def unpacked(held: Any) -> Any:  # noqa: ANN401 - what JSON brings
    return _UNPACKED[held[0]](held[1]) if isinstance(held, list) else held
