"""Builds the dossier, all that the office has to decide, from the returns that count."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import PurePosixPath
from posixpath import commonpath

from fazhi_xl.answers.read import Answers, value_text
from fazhi_xl.findings import Finding, Severity
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter
from fazhi_xl.form.sheets.review.registers import fixed_rows, spare_rows
from fazhi_xl.form.sheets.unit import bonus, deductions, ledger, tasks
from fazhi_xl.notice.model import Notice, SubPoint, Unit
from fazhi_xl.office.review.side_by_side import claims_side_by_side
from fazhi_xl.points import Hundredths
from fazhi_xl.rounds.evidence import EvidenceFile
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.inspected import Inspected
from fazhi_xl.scoring.from_answers import sub_point_scores
from fazhi_xl.scoring.model import SubPointScore
from fazhi_xl.text.identity_numbers import without_identity_numbers
from fazhi_xl.text.one_line import cut

_FACTS, _DOUBTS, _SETTLED, _MATERIALS = 220, 160, 240, 240  # characters of a cell
_QUESTION = 40  # characters of a question that was settled


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingReturn:
    """The return that counts for a unit, and what the dossier shows of it."""

    unit: Unit
    file: FileResult
    answers: Answers
    came: Mapping[str, EvidenceFile] = field(default_factory=dict)  # the unit's evidence, by its path

    def materials(self, code: str) -> tuple[str, str]:
        """Say what came for a sub-point (how many, their names, pages and doubts), and what leads to it.

        What lies in the folder of its item, and no list says for which sub-point it is, is named at each of the item's.
        """
        listed = [each for each in self.file.documents if each.sub_point == code and each.paths]
        own, of_item = self._unlisted(code), self._unlisted(code.partition(".")[0])
        said = [_said(each.name, each.counted, each.doubt) for each in listed]
        said += [_said_of(each, "台账目录没有列出") for each in own]
        parts = [f"{len(said)}份:{'、'.join(said)}"] if said else []
        if of_item:
            parts.append(f"本项文件夹里没有列进台账目录的{len(of_item)}份:{'、'.join(map(_said_of, of_item))}")
        at = {self.came[path].at for each in listed for path in each.paths if path in self.came}
        return cut(";".join(parts), _MATERIALS), common({*at, *(each.at for each in (*own, *of_item))} - {""})

    def _unlisted(self, code: str) -> list[EvidenceFile]:
        """Give the files in the folder of a sub-point or an item, and in none below it, that the unit's list does not name."""
        named = {path for each in self.file.documents for path in each.paths}
        return [each for path, each in self.came.items() if path not in named and each.codes[-1:] == (code,)]

    @property
    def evidence(self) -> Counter[str]:
        """The number of ledger rows that name a document, by sub-point."""
        titles = (field for field in self.answers.shape.fields.values() if field.column == ledger.TITLE)
        listed = (f.row for f in titles if f.row.startswith("台账.") and self.answers.values.get(f.key))
        return Counter(map(self._sub_point_of, listed))

    @property
    def doubts(self) -> Mapping[str, list[Finding]]:
        """Give what is wrong or to be confirmed, by sub-point."""
        found: dict[str, list[Finding]] = {}
        for fault in self.file.findings:
            field = self.answers.shape.fields.get(fault.place.field or "")
            if field is not None and fault.severity in {Severity.ERROR, Severity.CONFIRM}:
                found.setdefault(field.sub_point or self._sub_point_of(field.row), []).append(fault)
        return found

    def _sub_point_of(self, row: str) -> str:
        """Give the sub-point code of a ledger row, written there as 第6.1项."""
        key = f"{row}.{ledger.FOR}"
        written = self.answers.values.get(key) or self.answers.shape.given.get(key) or ""
        return str(written).removeprefix("第").removesuffix("项")

    def facts(self, sub: SubPoint) -> Iterator[tuple[str, str]]:
        """Give label and value of each fact of a sub-point, 未填 where it is blank, and the unit's remark."""
        evaluator = self.answers.evaluator()
        for fact in sub.inputs:
            value = value_text(evaluator.field(tasks.fact_field(sub.code, fact.key)))
            yield f"{fact.label}:", f"{value}{fact.measure}" if value is not None else "未填"
        remark = value_text(self.answers.values.get(f"{sub.code}.{tasks.REMARK}"))
        if remark:
            yield "情况说明:", remark

    def basis(self, sub: SubPoint, score: SubPointScore) -> str:
        """Digest the facts and scores that a decision rests on, the facts by the sub-point's id; the unit's remark is not among them."""
        own = (key for key, field in self.answers.shape.fields.items() if field.sub_point == score.code)
        facts = {
            sub.id + key.removeprefix(sub.code): value_text(self.answers.values.get(key))
            for key in own
            if not key.endswith(f".{tasks.REMARK}")
        }
        return _digest([*map(_plain, (score.points, score.auto, score.self_score)), score.out, facts])


def counting_returns(notice: Notice, files: Iterable[FileResult]) -> tuple[CountingReturn, ...]:
    """Give the returns that count and are not blank, in the notice's order of units."""
    every = tuple(files)
    own = {file.unit: file for file in every if file.counts and file.answers and not file.answers.blank}
    came: defaultdict[str, dict[str, EvidenceFile]] = defaultdict(dict)
    for file in every:
        if file.evidence and file.evidence.unit:
            came[file.evidence.unit][file.path] = file.evidence
    kept = ((unit, own[unit.short]) for unit in notice.units if unit.short in own)
    return tuple(
        CountingReturn(unit=unit, file=file, answers=file.answers, came=came.get(unit.short, {}))
        for unit, file in kept
        if file.answers
    )


def _said(name: str, pages: int | None, doubt: str) -> str:
    """Name a file, with its pages and what is doubtful about it."""
    more = ";".join(filter(None, (f"{pages}页" if pages is not None else "", doubt)))
    return without_identity_numbers(f"{name}({more})" if more else name)


def _said_of(each: EvidenceFile, more: str = "") -> str:
    """Name a file that no list names, as it was found."""
    seen = each.seen or Inspected()
    return _said(PurePosixPath(each.path).name, seen.pages, ";".join(filter(None, (more, seen.doubt))))


def common(places: Collection[str]) -> str:
    """Give what leads to all of these: the one that they are, else the innermost folder with them; blank where there is none."""
    if len(places) < 2:
        return _linked("".join(places))
    with suppress(ValueError):
        return _linked(f"{commonpath(places)}/")
    return ""


def _linked(place: str) -> str:
    """Give a place to which a workbook's link can lead: behind # it would name a cell, so the folder above is given instead."""
    return place if "#" not in place else place.partition("#")[0].rpartition("/")[0] + "/"


def dossier_of(notice: Notice, came: Iterable[CountingReturn], mark: str) -> Dossier:
    """Build the dossier: sub-points, bonus claims and provided deductions, with a digest of the data of each row."""
    every = tuple(came)
    pairs = [pair for each in every for pair in _cases(notice, each)]
    claims = claims_side_by_side([matter for each in every for matter in _matters(each, bonus.codes(), bonus.MATTER)])
    provided = tuple(matter for each in every for matter in _matters(each, deductions.codes(), deductions.MATTER))
    said = {matter.code: _digest(dict(matter.said)) for matter in (*claims, *provided)}
    return Dossier(
        notice=notice,
        cases=tuple(case for case, _ in pairs),
        claims=claims,
        provided=provided,
        basis={**{case.code: basis for case, basis in pairs}, **said},
        mark=mark,
    )


def registers(notice: Notice, used: Mapping[str, int]) -> Mapping[str, tuple[str, ...]]:
    """Give the row codes of the registers: up to the last in use, then blank ones; those of units and of the round are fixed."""
    return {
        **{
            name: tuple(f"{name}.{no:03d}" for no in range(1, used.get(name, 0) + spare + 1))
            for name, spare in spare_rows(notice).items()
        },
        **fixed_rows(notice),
    }


def _cases(notice: Notice, each: CountingReturn) -> Iterator[tuple[Case, str]]:
    """Give the sub-points that the office decides on; those that it gives the values of are scored from its registers."""
    evidence, doubts, asked = each.evidence, each.doubts, notice.sub_points_of(each.unit.short)
    for score in sub_point_scores(notice, each.answers):
        if score.by_office:
            continue
        sub, (materials, at) = asked[score.code], each.materials(score.code)
        case = Case(
            unit=each.unit,
            sub=sub,
            facts=cut(";".join(f"{label}{value}" for label, value in each.facts(sub)), _FACTS),
            auto=score.auto,
            self_score=score.self_score,
            evidence=evidence[score.code],
            materials=materials,
            materials_at=at,
            doubts=_doubts(doubts.get(score.code, ())),
            out=score.out,
        )
        yield case, each.basis(sub, score)


def _doubts(found: Iterable[Finding]) -> str:
    """Say what is open, then what was asked and what was replied: a reply may say the opposite of what its question asks for."""
    every = tuple(found)
    open_ = "".join(_ended(each.message) for each in every if not each.answered)
    settled = (_ended(cut(each.text, _QUESTION) + each.replied) for each in every if each.answered)
    return cut(open_, _DOUBTS) + cut("".join(dict.fromkeys(settled)), _SETTLED)


def _ended(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _plain(points: Hundredths | None) -> int | str | None:
    """Write points as a digest takes them: hundredths, a fraction of them as a text."""
    return str(points) if isinstance(points, Fraction) else points


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()[:10]


def _matters(each: CountingReturn, rows: Iterable[str], named: str) -> Iterator[Matter]:
    """Give the rows of a unit's list that are filled in with a matter."""
    for row in rows:
        own = {field.column: key for key, field in each.answers.shape.fields.items() if field.row == row}
        said = {column: value_text(each.answers.values.get(key)) for column, key in own.items()}
        if said.get(named):
            yield Matter(unit=each.unit, row=row, said={column: text for column, text in said.items() if text})
