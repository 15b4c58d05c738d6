"""Rounds of collecting, made in memory from what units typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from fazhi_xl.answers.read import Answers
from fazhi_xl.notice.choices import Missing
from fazhi_xl.notice.model import Notice
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.decisions import Adjustment
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status, status_of
from fazhi_xl.scoring.from_answers import claim_weights, claimed_bonus, sub_point_scores
from fazhi_xl.scoring.model import Basis, UnitScore
from fazhi_xl.scoring.ranking import ranked
from fazhi_xl.scoring.score import missing_score, unit_score, zeroed
from tests.support.campaign import shape_of, the_notice
from tests.support.returns import Answer, read, right

RANKING_SHEETS = [
    "一页纸", "排名总表", "分组排名", "五方面得分率", "21项得分率", "失分最多的得分点", "分项得分",
    "得分矩阵", "得分矩阵(续)", "失分清单", "加减分明细", "敏感性", "报送情况", "没有计入的文件", "催报",
    "问题清单", "规范化记录", "改动与异常", "两次报送差异", "口径说明", "数据",
]  # fmt: skip
NOW = datetime(2020, 11, 21, 9, 30, tzinfo=UTC)
Changes = Mapping[str, Answer | None]


def returned_file(
    unit: str,
    changes: Changes | None = None,
    *,
    received: date = date(2020, 11, 10),
    basis: DayBasis = DayBasis.FOLDER,
) -> FileResult:
    """Give the return of a unit that filled in everything right, but for the changes."""
    return replace(_file(unit, read(shape_of(unit), right(shape_of(unit), changes)), received), basis=basis)


def blank_file(unit: str) -> FileResult:
    return _file(unit, read(shape_of(unit), {}), date(2020, 11, 10))


def _file(unit: str, answers: Answers, received: date) -> FileResult:
    return FileResult(
        path=f"{unit}.xlsx",
        sha256="0" * 64,
        received=received,
        unit=unit,
        status=status_of(answers.findings),
        findings=answers.findings,
        answers=answers,
    )


def other_file(path: str, status: Status, unit: str | None = None) -> FileResult:
    """Give a file that does not count."""
    return FileResult(path=path, sha256="f" * 64, received=date(2020, 11, 9), unit=unit, status=status)


def a_round(
    units: Iterable[str],
    files: Iterable[FileResult],
    *,
    notice: Notice | None = None,
    basis: Basis = Basis.SELF,
    mark: str = "",
) -> Round:
    """Put a round together; units without a file that has answers are missing."""
    kept, known = tuple(files), notice or the_notice()
    answers = {file.unit: file.answers for file in kept if file.counts}
    scored = ranked([_score(known, unit, answers.get(unit), basis) for unit in units])
    return Round(
        notice=known,
        generated=NOW,
        basis=basis,
        files=kept,
        units=scored,
        reviewed=scored,
        version="1",
        mark=mark,
        claims=tuple(_claims(answers)),
    )


def zero_for_missing() -> Notice:
    """Give the notice by the reading that ranks with 0 points who returned nothing."""
    notice = the_notice()
    scoring = notice.about.scoring.model_copy(update={"missing": Missing.ZERO})
    return notice.model_copy(update={"about": notice.about.model_copy(update={"scoring": scoring})})


def _claims(answers: Mapping[str | None, Answers | None]) -> Iterator[Adjustment]:
    for unit, own in answers.items():
        for row, points in claim_weights(own).items() if unit and own else ():
            if points:
                yield Adjustment(unit=unit or "", row=row, source=unit or "", situation="①", matter=row, counted=points)


def _score(notice: Notice, unit: str, answers: Answers | None, basis: Basis) -> UnitScore:
    group = next(each.ranking_group for each in notice.units if each.short == unit)
    if answers is None or answers.blank:
        full = sum(notice.sub_points[code].points for code in shape_of(unit).sub_points)
        missing, scoring = missing_score(unit, group, full), notice.about.scoring
        return zeroed(missing, 0, scoring) if scoring.missing is Missing.ZERO else missing
    return unit_score(
        unit,
        group,
        sub_point_scores(notice, answers),
        bonus=claimed_bonus(answers),
        deduction=0,
        scoring=notice.about.scoring,
        basis=basis,
    )
