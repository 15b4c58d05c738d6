"""试算: the facts of every sub-point to be typed in, and the score that they earn, by the cells and formulas of the unit's form.

The rows are those of 任务分解表, drawn up as if each unit entered every fact itself, also what a register or the office gives; what a
unit says besides, its self-score and its remark, is left out. The sheet is a value as any sheet of a form is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from fazhi_xl.form import expression as x
from fazhi_xl.form import rules, sentences
from fazhi_xl.form.expression import EMPTY, Const, Expr, Ref
from fazhi_xl.form.facts import Facts
from fazhi_xl.form.limits import content_faults
from fazhi_xl.form.model import (
    CODE_COLUMN,
    STATUS_COLUMN,
    Computed,
    Content,
    Label,
    Points,
    Row,
    Shape,
    Sheet,
    SheetColumn,
    Stretch,
    characters,
)
from fazhi_xl.form.rules import Worth
from fazhi_xl.form.sheets.common.context import Brief, band, head_row
from fazhi_xl.form.sheets.unit import register, tasks
from fazhi_xl.notice.assignment import answering
from fazhi_xl.notice.choices import GivenBy, NotApplicable
from fazhi_xl.notice.model import Item, Notice, SubPoint
from fazhi_xl.notice.rules import Input
from fazhi_xl.text.one_line import cut

NAME = "试算"
SUB_POINT, KEY = IDS = "得分点标识", "指标标识"  # the columns, out of sight, by which typed facts are found again
_TITLES = {tasks.FACT: "试填内容", tasks.AUTO: "测算分", tasks.REMARK: "说明", STATUS_COLUMN: STATUS_COLUMN}
_COLUMNS = (
    *(
        replace(column, title=_TITLES.get(column.code, column.title))
        for column in tasks.COLUMNS
        if column.code not in {tasks.PRIOR, tasks.SELF}
    ),
    *(SheetColumn(code=code, width=characters(60), aside=True) for code in IDS),
)
_NOTE = (
    "在黄格里填数,右边立即算出测算分:公式、提示和检查与发给单位的表相同;登记簿、办公室给的数也直接填在这里。试填的内容不进目录,也不随表发出。"
    "目录改了以后重新生成,这张表整张重画,试填的内容保留;在这张表上另加的批注、颜色不保留。"
)
_ROOM = 500  # characters of a text, which the highest row takes
_NO_SCORE = "黄格填对了才有测算分"
_OUT = {
    NotApplicable.ZERO_UNTIL_APPROVED: "不涉及:核准以前计0分,核准以后不计入应得分",
    NotApplicable.OUT: "不涉及:不计入应得分",
}


def trial(notice: Notice) -> Shape | None:
    """Draw the sheet up; None where there is no sub-point to try."""
    if not notice.sub_points:
        return None
    drawn_up = _Rows.of(notice)
    rows = (row for item in notice.items for row in _item_rows(notice, item, drawn_up))
    sheet = Sheet(name=NAME, columns=_COLUMNS, rows=(*_heading(notice), *rows), tab="input")
    scoring = notice.about.scoring
    shape = Shape(
        name=NAME,
        sub_points=tuple(notice.sub_points),
        sheets=(sheet,),
        decimals=scoring.places,
        year=notice.about.year,
    )
    return _held(shape)


# What is worth differently ------------------------------------------------------------------------------------------


class _Asked(NamedTuple):
    """A sub-point as some ranking groups are asked for it, and the groups' names where others are asked for it otherwise."""

    sub: SubPoint
    groups: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Name the groups."""
        return "、".join(self.groups)


def _asked(notice: Notice, sub: SubPoint) -> tuple[_Asked, ...]:
    """Give a sub-point once for each number of points that it has in the groups of the units which answer it."""
    if not sub.points_by_group:
        return (_Asked(sub),)
    answer = answering(notice, sub.code) or tuple(notice.units_by_short)
    present = {notice.units_by_short[unit].ranking_group for unit in answer}
    asked: dict[object, _Asked] = {}
    for group in notice.ranking_groups:
        if group.code in present:
            own = sub.of_group(group.code)
            known = asked.get(own.points, _Asked(own))
            asked[own.points] = known._replace(groups=(*known.groups, group.name))
    return tuple(asked.values()) if len(asked) > 1 else tuple(_Asked(each.sub) for each in asked.values())


# Sentences ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """The rules in the words that units read: of a sub-point by its id, and of a part by that and its place in the rule, from 0."""

    of_sub_points: Mapping[str, str]
    of_parts: Mapping[tuple[str, int], str]


def rule_sentences(notice: Notice) -> Sentences:
    """Give what units read of every rule; where ranking groups read different things of it, what each of them does."""
    wholes: dict[str, str] = {}
    parts: dict[tuple[str, int], str] = {}
    for sub in notice.sub_points.values():
        asked = _asked(notice, sub)
        wholes[sub.id] = _said(asked, (sentences.whole(each.sub) for each in asked))
        told = zip(*(sentences.of_parts(each.sub) for each in asked), strict=True)
        parts |= {(sub.id, no): _said(asked, said) for no, said in enumerate(told)}
    return Sentences(of_sub_points=wholes, of_parts=parts)


def _said(asked: Iterable[_Asked], texts: Iterable[str]) -> str:
    groups: dict[str, list[str]] = {}
    for each, text in zip(asked, texts, strict=True):
        groups.setdefault(text, []).append(each.said)
    if len(groups) == 1:
        return next(iter(groups))
    return "。".join(f"{'、'.join(named)}:{text}" for text, named in groups.items() if text)


# Rows -----------------------------------------------------------------------------------------------------------------


class _Rows(dict[tuple[str, object], Row]):
    """The rows of the unit's sheet, by their codes and, of a sub-point's, the points that it is worth."""

    @classmethod
    def of(cls, notice: Notice) -> _Rows:
        """Draw up the unit's sheet with every sub-point in it, once more for each group that is asked for other points."""
        typed, found = _typed_in(notice), cls()
        groups = [
            tuple(sub for sub in typed.sub_points.values()),
            *(
                tuple(
                    sub.of_group(group.code) for sub in typed.sub_points.values() if group.code in sub.points_by_group
                )
                for group in typed.ranking_groups
            ),
        ]
        for subs in filter(None, groups):
            found |= _rows_of(Brief(notice=typed, sub_points=subs))
        return found


def _rows_of(brief: Brief) -> dict[tuple[str, object], Row]:
    rows = {row.code: row for row in tasks.sheet(brief).rows}
    codes = ((sub, code) for sub in brief.sub_points for code in (sub.code, *_fact_codes(sub)))
    return {(code, sub.points): rows[code] for sub, code in codes}


def _fact_codes(sub: SubPoint) -> Iterator[str]:
    yield from (f"{sub.code}.{fact.key}" for fact in sub.inputs)


def _typed_in(notice: Notice) -> Notice:
    """Give the notice as if units entered every fact, and nothing else."""
    fields = {name: getattr(notice, name) for name in Notice.model_fields}
    scoring = notice.about.scoring.model_copy(update={"self_score": False})
    changed = {
        "about": notice.about.model_copy(update={"scoring": scoring}),
        "items": tuple(map(_item_typed_in, notice.items)),
        "registers": (),
    }
    return Notice(**{**fields, **changed})


def _item_typed_in(item: Item) -> Item:
    subs = (
        sub.model_copy(
            update={"inputs": tuple(fact.model_copy(update={"given_by": GivenBy.UNIT}) for fact in sub.inputs)}
        )
        for sub in item.sub_points
    )
    return item.model_copy(update={"sub_points": tuple(subs)})


def _heading(notice: Notice) -> tuple[Row, ...]:
    first = _COLUMNS[0].code
    title = Label(f"{notice.about.short_title}得分点{NAME}", "title")
    return (
        Row(cells={first: title}, merged=True, height=32),
        band(_COLUMNS, _NOTE, "note"),
        head_row(_COLUMNS),
    )


def _item_rows(notice: Notice, item: Item, rows: _Rows) -> Iterator[Row]:
    cells: dict[str, Content] = {
        CODE_COLUMN: Label(str(item.no), "item_no"),
        tasks.TEXT: Label(item.name, "item"),
    }
    yield Row(code=str(item.no), cells=cells, height=25, stretched={tasks.TEXT: Stretch(STATUS_COLUMN)})
    for sub in item.sub_points:
        asked = _asked(notice, sub)
        yield from _score_rows(notice, asked, rows)
        hints = [sentences.explain(each.sub) for each in asked]
        for fact in sub.inputs:
            hint = "。".join(
                filter(None, (_said(asked, (each[fact.key] for each in hints)), _giver(notice, sub, fact)))
            )
            yield _fact_row(sub, fact, hint, rows[f"{sub.code}.{fact.key}", asked[0].sub.points])


def _score_rows(notice: Notice, asked: tuple[_Asked, ...], rows: _Rows) -> Iterator[Row]:
    """Give the row of a sub-point with its score; where it is worth differently, that row without, and one for each worth."""
    first, *others = asked
    own = rows[first.sub.code, first.sub.points]
    if not others:
        yield _score_row(notice, first, own, first.sub.code, _shortened(own.cells[tasks.TEXT]))
        return
    text = {CODE_COLUMN: own.cells[CODE_COLUMN], tasks.TEXT: _shortened(own.cells[tasks.TEXT])}
    yield replace(own, cells=text, stretched={tasks.TEXT: Stretch(STATUS_COLUMN)})
    for no, each in enumerate(asked, 1):
        row = rows[each.sub.code, each.sub.points]
        yield _score_row(notice, each, row, f"{each.sub.code}@{no}", Label(f"{each.said}得分", "sub_text"))


def _score_row(notice: Notice, asked: _Asked, row: Row, code: str, text: Content) -> Row:
    sub = asked.sub
    usual = (sub.least, sub.ceiling) == (0, sub.points)
    cells: dict[str, Content] = {
        CODE_COLUMN: Label(sub.code, "sub_code"),
        tasks.TEXT: text,
        tasks.POINTS: Points(sub.points, "sub_points"),
        tasks.AUTO: row.cells[tasks.AUTO],
        tasks.REMARK: Label("" if usual else sentences.range_text(sub), "sub_text"),
        STATUS_COLUMN: Computed(_outcome(notice, sub, tasks.auto_field(code)), "sub_status"),
    }
    return replace(row, code=code, cells=cells)


def _outcome(notice: Notice, sub: SubPoint, auto: str) -> Expr:
    """Say what has come out of the facts."""
    score = Ref(auto)
    out = rules.combined(sub.rule, Facts.of(sub, partial(tasks.fact_field, sub.code)), Worth.of(sub)).out
    cases = (
        (x.equal(score, EMPTY), Const(_NO_SCORE)),
        (out, Const(_OUT[notice.about.scoring.not_applicable])),
        (x.equal(score, x.points(sub.ceiling)), Const("得满分")),
        (x.less(score, x.ZERO), Const("倒扣分")),
        (x.equal(score, x.ZERO), Const("不得分")),
    )
    return x.first_of(cases, Const("得一部分分"))


def _fact_row(sub: SubPoint, fact: Input, hint: str, row: Row) -> Row:
    ids = {SUB_POINT: Label(sub.id, "unseen"), KEY: Label(fact.key, "unseen")}
    texts = {tasks.TEXT: Label(fact.label, "fact"), tasks.POINTS: Label(hint, "hint")}
    return replace(row, cells={**row.cells, **{code: _shortened(text) for code, text in texts.items()}, **ids})


def _shortened(text: Content) -> Content:
    """Leave out what no row is high enough for; the whole of it stands beside the rules."""
    return replace(text, text=cut(text.text, _ROOM)) if isinstance(text, Label) else text


def _giver(notice: Notice, sub: SubPoint, fact: Input) -> str:
    """Say where a fact comes from that no unit types into its form."""
    if (sub.id, fact.key) in notice.office_values or fact.given_by is GivenBy.OFFICE:
        return f"正式评价时{tasks.FROM_OFFICE}"
    if fact.given_by is GivenBy.REGISTER:
        kept, _ = register.source_of(notice, sub.id, fact.key)
        return f"正式评价时取自“{kept.name}”表"
    return ""


# What no spreadsheet program could hold -------------------------------------------------------------------------------


def _held(shape: Shape) -> Shape:
    """Put words in the place of formulas that are too long for a spreadsheet program, and of what is said of their results."""
    (sheet,) = shape.sheets
    faults: dict[int, str] = {}
    for place, _, content in shape.cells():
        if isinstance(content, Computed) and (message := next(content_faults(shape, place, content), "")):
            faults.setdefault(place.row, message)
    if not faults:
        return shape
    rows = (_in_words(row, faults[no]) if no in faults else row for no, row in enumerate(sheet.rows, sheet.first_row))
    return replace(shape, sheets=(replace(sheet, rows=tuple(rows)),))


def _in_words(row: Row, message: str) -> Row:
    style = row.cells[STATUS_COLUMN].style
    score = {tasks.AUTO: Label("—", "computed_text")} if tasks.AUTO in row.cells else {}
    return replace(row, cells={**row.cells, **score, STATUS_COLUMN: Label(f"这里试算不了:{message}", style)})
