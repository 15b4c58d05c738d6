"""审核: one row per unit and sub-point, what was returned, and the office's score beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache, partial

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.expression import Ref
from fazhi_xl.form.model import STATUS_COLUMN, Check, Computed, Content, Field, Given, Label, Points, Sheet
from fazhi_xl.form.sentences import range_text
from fazhi_xl.form.sheets.common.context import head_row
from fazhi_xl.form.sheets.common.inputs import choice_input, text_input
from fazhi_xl.form.sheets.common.rows import filled, needed_because, needed_where
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import BASIS, DAY, DECIDED, NOTE, OPEN, OWNED, REVIEWER, SECTION
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.points import Hundredths, in_points, short

NAME = "审核"
UNIT = parts.UNIT
TEXT, POINTS, FACTS, AUTO, SELF, EVIDENCE, MATERIALS, DOUBTS = (
    "得分点",
    "分值",
    "事实",
    "测算",
    "自评",
    "佐证",
    "材料",
    "待核",
)
ATTENTION = "关注"
SCORE, OUT, REASON, VISITED, FOUND = "核定", "不涉及", "原因", "查证日期", "查证情况"
_LINK = 250  # characters of a path in a formula
SPELT_OUT = ("(写明)", "\uff08写明\uff09")  # a reason of the catalogue that ends so needs the note


class Approval(StrEnum):
    """What the office says to a unit that claims 不涉及."""

    APPROVED = "核准"
    REFUSED = "不核准"


class Attention(StrEnum):
    """Why a reviewer looks at a row: what column 关注 says, and is filtered by."""

    OPEN = "未核定"
    OVER = "自评高于测算"
    DOUBT = "有疑点"
    OUT = "申请不涉及"


WIDTHS: dict[str, float] = {
    "编号": 11, UNIT: 14, SECTION: 11, TEXT: 38, POINTS: 7, FACTS: 38, AUTO: 8, SELF: 8, EVIDENCE: 7, MATERIALS: 30, DOUBTS: 30,
    ATTENTION: 15, SCORE: 9, OUT: 9, REASON: 17, NOTE: 24, VISITED: 12, FOUND: 24, REVIEWER: 10, DAY: 12,
    STATUS_COLUMN: 24, OPEN: 7, BASIS: 10, DECIDED: 8, OWNED: 7,
}  # fmt: skip
TITLES = {
    **parts.TITLES, UNIT: "单位", TEXT: "得分点", POINTS: "分值", FACTS: "填报事实", AUTO: "测算分", SELF: "自评分",
    EVIDENCE: "佐证(份)", MATERIALS: "收到的材料", DOUBTS: "待核", ATTENTION: "关注", SCORE: "核定分", OUT: "不涉及", REASON: "扣分原因",
    VISITED: "现场查证日期", FOUND: "现场查证情况",
}  # fmt: skip
_NOTE = (
    "逐行填核定分;低于{compared}的,选扣分原因或写说明;单位申请不涉及的,选核准(分值从应得分中减去)或不核准(计0分),核定分留空。"
    "核定分、不涉及填了的,填审核人和审核日期。填好后保存、关闭,再收一次表。"
    "只看一类的:点“关注”的筛选箭头,在搜索框里键入{attention}。"
)


def sheet(dossier: Dossier) -> Sheet:
    """Draw up the sheet: a row for each case of the dossier."""
    absent = {
        *(() if _self_scored(dossier) else (SELF,)),
        *(() if _shared(dossier) else (SECTION, OWNED)),
        *(() if _has_materials(dossier) else (MATERIALS,)),
    }
    columns = parts.columns({code: width for code, width in WIDTHS.items() if code not in absent}, TITLES)
    title = f"审核表({dossier.section.name})" if dossier.section else "审核表"
    rows = [
        *parts.review_heading(dossier, columns, title, _note(dossier), broad=parts.is_broad(columns)),
        head_row(columns),
        *(
            parts.row(
                dossier,
                case.code,
                {
                    **case_cells(case, own=_self_scored(dossier)),
                    **({MATERIALS: _materials(case)} if _has_materials(dossier) else {}),
                    **_counted(dossier, case),
                },
                partial(_fields, dossier, case),
                (case.out, case.self_score is None, case.sub.points),
            )
            for case in dossier.cases
        ),
    ]
    return Sheet(
        name=NAME, columns=columns, rows=tuple(rows), tab="input", filtered=True, broad=parts.is_broad(columns)
    )


def _has_materials(dossier: Dossier) -> bool:
    """Say whether any evidence came: where none did there is no column for it."""
    return any(case.materials for case in dossier.cases)


def _materials(case: Case) -> Content:
    """Say what came for a sub-point, with a link to where it lies; a formula takes no longer path."""
    if not case.materials_at or len(case.materials_at) > _LINK:
        return Label(case.materials, "hint")
    return Computed(x.call("go_to", x.Const(case.materials_at), parts.in_pieces(case.materials)), "link")


def _note(dossier: Dossier) -> str:
    words = [each for each in Attention if each is not Attention.OVER or _self_scored(dossier)]
    return _NOTE.format(compared=_compared(dossier), attention="或".join(words))


def _shared(dossier: Dossier) -> bool:
    """Say whether several sections find their rows in this book."""
    return bool(dossier.notice.about.review.sections) and dossier.section is None


def _counted(dossier: Dossier, case: Case) -> Mapping[str, Content]:
    """Give what a row is filtered and counted by: whose it is, why one looks at it, and whether it is undecided."""
    section = _owned(dossier, case) if _shared(dossier) else {}
    held = "、".join(_attention(case))
    if case.register:  # a register settles it, and nothing is entered
        return {**section, ATTENTION: Label(held, "measure"), OPEN: Given(0, "computed_whole")}
    is_open = parts.undecided(case.code, SCORE, *((OUT,) if case.out else ()))
    return {**section, ATTENTION: _looked_at(case.code, held), OPEN: is_open}


@lru_cache(maxsize=8_192)  # the same in every book
def _looked_at(row: str, held: str) -> Computed:
    """Say why one looks at a row: that it is undecided, and what is `held` against it."""
    undecided = x.Const("、".join(filter(None, (Attention.OPEN, held))))
    return Computed(x.when(x.equal(Ref(f"{row}.{OPEN}"), x.ONE), undecided, x.Const(held)), "computed_text")


def _owned(dossier: Dossier, case: Case) -> dict[str, Content]:
    """Give the section that decides a row, and its number while the row is undecided."""
    name = dossier.section_of(case.sub)
    number = next((no for no, each in enumerate(dossier.notice.about.review.sections, 1) if each.name == name), 0)
    waits = x.when(x.equal(Ref(f"{case.code}.{OPEN}"), x.ONE), x.Const(number), x.ZERO)
    return {SECTION: Label(name, "measure"), OWNED: Given(0, "mark") if case.register else Computed(waits, "mark")}


def _attention(case: Case) -> Iterator[Attention]:
    """Give why a row is looked at, whether it is decided or not."""
    if case.self_score is not None and case.auto is not None and case.self_score > case.auto:
        yield Attention.OVER
    if case.told or case.doubts:
        yield Attention.DOUBT
    if case.out:
        yield Attention.OUT


def _self_scored(dossier: Dossier) -> bool:
    return dossier.notice.about.scoring.self_score


def _compared(dossier: Dossier) -> str:
    """Name the score that the office's is compared with."""
    return TITLES[SELF if _self_scored(dossier) else AUTO]


def case_cells(case: Case, *, own: bool = True) -> Mapping[str, Content]:
    """Give what stands in a sub-point's row as it was returned; with its `own` score where units score themselves."""
    return {
        UNIT: Label(case.unit.short, "measure"),
        TEXT: Label(f"{case.sub.code} {case.sub.text}"),
        POINTS: Points(case.sub.points),
        FACTS: Label(case.facts, "hint"),
        AUTO: _points(case.auto),
        **({SELF: _points(case.self_score)} if own else {}),
        EVIDENCE: Label(str(case.evidence), "measure"),
        DOUBTS: Label(case.told + case.register + case.doubts, "hint"),
        OUT: Label("", "measure"),  # an input stands here where the unit claims it
    }


def _points(points: Hundredths | None) -> Content:
    return Label("", "measure") if points is None else Points(points, "figure")


def _fields(dossier: Dossier, case: Case) -> tuple[Field, ...]:
    kept = {field.column: with_checks(field) for field in _plain_fields(dossier, case)}
    for column, checks in _more_checks(dossier, case, kept).items():
        kept[column] = replace(kept[column], checks=(*kept[column].checks, *checks))
    decided = parts.filled_any(kept[column] for column in (SCORE, OUT) if column in kept)
    return tuple(parts.signed(kept.values(), decided))


def _plain_fields(dossier: Dossier, case: Case) -> Iterator[Field]:
    code = case.code
    yield score_input(dossier.notice, code, case.sub, "核定分")
    if case.out:
        yield choice_input(code, OUT, "不涉及", tuple(Approval), "单位申请不涉及:核准的不计入应得分,不核准的计0分。")
    yield choice_input(
        code, REASON, "扣分原因", dossier.notice.about.review.reasons, f"核定分低于{_compared(dossier)}的必选。"
    )
    yield parts.note_input(code)
    yield parts.day(dossier, code, VISITED, "现场查证日期", "现场督察、查证过的填。")
    yield text_input(code, FOUND, "现场查证情况", "写明看到什么、对得分有什么影响。", length=parts.NOTE_LENGTH)
    yield from parts.signature(dossier, code)


def score_input(notice: Notice, row: str, sub: SubPoint, label: str) -> Field:
    """Ask for a score of a sub-point."""
    return Field(
        row=row,
        column=SCORE,
        label=label,
        kind=Kind.DECIMAL,
        minimum=in_points(sub.least),
        maximum=in_points(sub.ceiling),
        places=notice.about.scoring.places,
        style="input_points",
        prompt=f"本得分点{_range(sub)}。",
    )


def _range(sub: SubPoint) -> str:
    return f"{short(sub.points)}分" if (sub.least, sub.ceiling) == (0, sub.points) else range_text(sub)


def _more_checks(dossier: Dossier, case: Case, fields: dict[str, Field]) -> dict[str, tuple[Check, ...]]:
    score, visited, found = (fields[column] for column in (SCORE, VISITED, FOUND))
    checks = {
        VISITED: (needed_because(visited, filled(found), f"写了{found.label}"),),
        FOUND: (needed_because(found, filled(visited), f"填了{visited.label}"),),
        SCORE: (*_out_checks(case, fields), _undecided(fields)),
        OUT: (needed_because(fields[OUT], filled(score), _CLAIMED),) if case.out else (),
        REASON: (*_reason_check(dossier, case), *_spelt_out(fields)),
    }
    return {column: own for column, own in checks.items() if column in fields}


_CLAIMED = "单位申请不涉及,填了核定分"


def _undecided(fields: dict[str, Field]) -> Check:
    """Require the score where a reviewer or a reason is entered."""
    others = parts.filled_any(fields[column] for column in (REASON, REVIEWER, DAY))
    open_claim = x.blank(Ref(fields[OUT].key)) if OUT in fields else x.TRUE
    return needed_where(fields[SCORE], x.both(others, open_claim))


def _out_checks(case: Case, fields: dict[str, Field]) -> tuple[Check, ...]:
    if OUT not in fields:
        return ()
    score = Ref(fields[SCORE].key)
    scored = x.negate(x.equal(score, x.ZERO)) if case.sub.least else x.less(x.ZERO, score)
    more = x.when(x.is_number(score), scored, x.FALSE)
    return (Check(code=Code.REVIEW_OUT_SCORED, when=x.both(filled(fields[OUT]), more), words={"row": fields[OUT].row}),)


def _reason_check(dossier: Dossier, case: Case) -> tuple[Check, ...]:
    if case.self_score is None:
        return ()
    return (lower_needs_reason(case.code, SELF if _self_scored(dossier) else AUTO),)


def lower_needs_reason(row: str, compared: str) -> Check:
    """Ask for a reason where a score is below the one in another column."""
    score = Ref(f"{row}.{SCORE}")
    lower = x.when(x.is_number(score), x.less(score, Ref(f"{row}.{compared}")), x.FALSE)
    silent = (x.blank(Ref(f"{row}.{column}")) for column in (REASON, NOTE))
    return Check(code=Code.REVIEW_REASON, when=x.both(lower, *silent), words={"row": row, "compared": compared})


def _spelt_out(fields: dict[str, Field]) -> Iterator[Check]:
    """Require the note where the reason chosen ends in “写明”."""
    reason = fields[REASON]
    for option in reason.options:
        if option.endswith(SPELT_OUT):
            silent = x.both(x.equal(Ref(reason.key), x.Const(option)), x.blank(Ref(fields[NOTE].key)))
            yield Check(code=Code.REVIEW_REASON_NOTE, when=silent, words={"row": reason.row, "reason": option})
