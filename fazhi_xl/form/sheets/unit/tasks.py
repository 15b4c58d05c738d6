"""任务分解表: the unit's items and sub-points, the facts each asks for, the computed score and the self-score beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from fazhi_xl.findings import Code, Severity
from fazhi_xl.form import expression as x
from fazhi_xl.form import rules, sentences
from fazhi_xl.form.checks import PASSED, status, with_checks, words
from fazhi_xl.form.expression import EMPTY, Const, Expr, Ref, Span
from fazhi_xl.form.facts import Facts
from fazhi_xl.form.identity import Draft
from fazhi_xl.form.model import (
    CODE_COLUMN,
    STATUS_COLUMN,
    Check,
    Computed,
    Content,
    Field,
    Given,
    Label,
    Points,
    Row,
    Sheet,
    SheetColumn,
    Slot,
    Stretch,
    characters,
)
from fazhi_xl.form.rules import Worth
from fazhi_xl.form.sheets.common.context import Brief, band, code_cell, head_row, heading
from fazhi_xl.form.sheets.unit import capped, content_code, earlier_tasks, register
from fazhi_xl.form.sheets.unit.item_row import basis_row, item_row, points_of
from fazhi_xl.form.sheets.unit.sign_off import sign_off
from fazhi_xl.notice.choices import NUMBERS, GivenBy, Kind
from fazhi_xl.notice.model import LossCap, SubPoint
from fazhi_xl.notice.rules import NOT_APPLICABLE, Bands, Input, MarginTerm, Rate, inputs_of, terms_of
from fazhi_xl.points import Kept, in_points, short

NAME = "任务分解表"
TEXT, POINTS, FACT, MEASURE, AUTO, SELF, REMARK, STATUS = (
    "项目", "分值", "填报", "单位", "测算", "自评", "说明", STATUS_COLUMN,
)  # fmt: skip
REMARK_LENGTH, FACT_LENGTH = 300, 100  # a fact's cell is narrow
PRIOR = "上期"
_Fact = Field | Given | Computed | Label
_Facts = Mapping[str, Mapping[str, _Fact]]
_ASKED = "黄格填写"  # below the title of what a unit fills in
COLUMNS = (
    SheetColumn(code=CODE_COLUMN, width=characters(84), head="first_head"),
    SheetColumn(code=TEXT, width=characters(290), title="得分点和填报指标", head="first_head_text"),
    SheetColumn(code=FACT, width=characters(108), title=f"填报内容\n{_ASKED}", head="first_head"),
    SheetColumn(code=MEASURE, width=characters(52), title="单位", head="first_head"),
    SheetColumn(code=PRIOR, width=characters(82), title="上期填报", head="first_head"),
    SheetColumn(code=POINTS, width=characters(46), title="分值", head="first_head"),
    SheetColumn(code=AUTO, width=characters(56), title="测算分\n自动计算", head="first_head"),
    SheetColumn(code=SELF, width=characters(58), title=f"自评分\n{_ASKED}", head="first_head"),
    SheetColumn(code=REMARK, width=characters(224), title=f"情况说明\n{_ASKED}", head="first_head_text"),
    SheetColumn(code=STATUS, width=characters(162), title=f"{STATUS}\n都通过才能报送", head="first_head_text"),
)
TOTAL, CAPPED = "合计", "限额"
FROM_OFFICE = "由办公室提供"  # stands in the cells of values that only the office knows


def auto_field(code: str) -> str:
    """Give the field code of a sub-point's computed score."""
    return f"{code}.{AUTO}"


def self_field(code: str) -> str:
    """Give the field code of a sub-point's self-score."""
    return f"{code}.{SELF}"


def points_field(code: str) -> str:
    """Give the field code of a sub-point's points."""
    return f"{code}.{POINTS}"


def fact_field(code: str, key: str) -> str:
    """Give the field code of an input."""
    return f"{code}.{key}.{FACT}"


def prior_field(field: str) -> str:
    """Give the field code of an earlier round's answer, or score, which stands in the row of the input."""
    return f"{field.rpartition('.')[0]}.{PRIOR}"


def sheet(brief: Brief) -> Sheet:
    """Draw up the sheet: items, their sub-points, and the facts of each."""
    about = brief.notice.about
    absent = {*(() if brief.previous else (PRIOR,)), *(() if about.scoring.self_score else (SELF,))}
    columns = tuple(column for column in COLUMNS if column.code not in absent)
    parts = {sub.code: _made(brief, sub) for sub in brief.sub_points}
    facts = {code: own for code, (own, _) in parts.items()}
    rows = [*heading(brief, columns, f"{about.short_title}任务分解表"), head_row(columns)]
    for item in brief.items:
        own = [row for sub in brief.of(item) for row in parts[sub.code][1]]
        judged = any(isinstance(row.cells[STATUS], Computed) for row in own)
        rows.append(item_row(brief, columns, item, tuple(row.code for row in own if judged)))
        rows.extend((basis_row(brief, columns, item), *own))
    sealed = (content_code.seal_row(columns),) if brief.draft > Draft.THIRD else ()
    rows.extend((*_total_rows(brief, facts), Row(height=8), *sealed, band(columns, sign_off(brief), "sign")))
    made = Sheet(name=NAME, columns=columns, rows=tuple(rows), tab="input")
    return made if brief.draft > Draft.SECOND else earlier_tasks.as_issued(brief, made)


def _made(brief: Brief, sub: SubPoint) -> tuple[dict[str, _Fact], tuple[Row, ...]]:
    """Give a sub-point's facts and rows, which are the same in all shapes that have it for as many points."""

    def make() -> tuple[dict[str, _Fact], tuple[Row, ...]]:
        facts = _facts(brief, sub)
        return facts, tuple(_sub_point_rows(brief, sub, facts))

    return brief.once((NAME, sub.code, sub.points), make)


def _facts(brief: Brief, sub: SubPoint) -> dict[str, _Fact]:
    purposes = sentences.purposes(sub)
    return {fact.key: _fact(brief, sub, fact, purposes[fact.key]) for fact in sub.inputs}


def _sub_point_rows(brief: Brief, sub: SubPoint, facts: Mapping[str, _Fact]) -> Iterator[Row]:
    yield _score_row(brief, sub, facts)
    hints = sentences.explain(sub)
    for fact in sub.inputs:
        yield _fact_row(brief, sub, fact, facts[fact.key], hints[fact.key])


def _fact(brief: Brief, sub: SubPoint, fact: Input, purpose: str) -> _Fact:
    if (sub.id, fact.key) in brief.notice.office_values:
        return Label(FROM_OFFICE, "office")
    if fact.given_by is GivenBy.OFFICE:
        return Given(0)
    if fact.given_by is GivenBy.REGISTER:
        return Computed(register.quantity(*register.source_of(brief.notice, sub.id, fact.key)), "computed_whole")
    return with_checks(_field(brief, sub, fact, purpose), *_cross_checks(sub, fact), *_swing_check(brief, sub, fact))


def _field(brief: Brief, sub: SubPoint, fact: Input, purpose: str) -> Field:
    low, high = _bounds(brief, fact)
    proof = f"佐证:{sub.evidence}" if sub.evidence and brief.notice.about.texts.evidence else ""
    return Field(
        row=f"{sub.code}.{fact.key}",
        column=FACT,
        label=fact.label,
        kind=fact.kind,
        sub_point=sub.code,
        minimum=low,
        maximum=high,
        options=fact.options,
        measure=fact.measure,
        length=FACT_LENGTH,
        required=fact.required,
        prompt="".join(f"{each.removesuffix('。')}。" for each in (fact.hint, purpose, proof) if each),
        style={Kind.DATE: "input_date", Kind.TEXT: "input_text"}.get(fact.kind, "input"),
    )


def _bounds(brief: Brief, fact: Input) -> tuple[Decimal | date | None, Decimal | date | None]:
    dates = brief.notice.about.dates
    if fact.kind is Kind.DATE:
        return fact.earliest or dates.period_start, fact.latest or dates.period_end
    if fact.kind in NUMBERS:
        return fact.minimum, fact.maximum
    return None, None


def _cross_checks(sub: SubPoint, fact: Input) -> Iterator[Check]:
    for code, other_key in ((Code.MORE_THAN, fact.not_more_than), (Code.BEFORE_START, fact.not_before)):
        if other_key:
            mine, other = Ref(fact_field(sub.code, fact.key)), Ref(fact_field(sub.code, other_key))
            wrong = x.less(other, mine) if code == Code.MORE_THAN else x.less(mine, other)
            compared = x.when(x.both(x.is_number(mine), x.is_number(other)), wrong, x.FALSE)
            yield Check(code=code, when=compared, words={"label": fact.label, "other": sub.input(other_key).label})


def _swing_check(brief: Brief, sub: SubPoint, fact: Input) -> Iterator[Check]:
    """Give the check that asks about a number far from an earlier round's, by the catalogue's `swing`."""
    swing = brief.notice.about.swing
    if not (brief.previous and swing and fact.kind in NUMBERS):
        return
    mine = Ref(fact_field(sub.code, fact.key))
    prior = prior_field(mine.field)
    before = x.call("read", Ref(prior))
    apart = x.call("maximum", x.subtract(mine, before), x.subtract(before, mine))
    times = x.either(*(x.at_most(x.multiply(Const(swing.times), a), b) for a, b in ((mine, before), (before, mine))))
    far = x.both(x.at_most(Const(swing.least), apart), times)
    known = x.both(x.is_number(mine), x.negate(x.blank(Ref(prior))))
    yield Check(code=Code.SWING, when=x.when(known, far, x.FALSE), words={"label": fact.label}, values={"prior": prior})


def _prior(brief: Brief, code: str, style: str) -> dict[str, Content]:
    return {PRIOR: Slot(f"{code}.{PRIOR}", style)} if brief.previous else {}


def _fact_row(brief: Brief, sub: SubPoint, fact: Input, content: _Fact, hint: str) -> Row:
    code = f"{sub.code}.{fact.key}"
    cells: dict[str, Content] = {
        **code_cell(code),
        TEXT: Label(fact.label, "fact"),
        FACT: content,
        MEASURE: Label(fact.measure, "measure"),
        **(_prior(brief, code, "prior") if isinstance(content, Field) else {}),
        POINTS: Label(hint, "hint"),
        STATUS: _fact_status(brief, sub, fact, content),
    }
    return Row(code=code, cells=cells, stretched={POINTS: Stretch(REMARK)})


def _fact_status(brief: Brief, sub: SubPoint, fact: Input, content: _Fact) -> Content:
    if isinstance(content, Label):
        return Label(FROM_OFFICE, "status")
    if isinstance(content, Given):
        return Label("由办公室登记", "status")
    if isinstance(content, Computed):
        kept, _ = register.source_of(brief.notice, sub.id, fact.key)
        return Label(f"取自“{kept.name}”表", "status")
    done = x.when(x.blank(Ref(content.key)), EMPTY, _rate_or_passed(sub, fact))
    return Computed(status(content.checks, done, brief.weights), "status")


def _rate_or_passed(sub: SubPoint, fact: Input) -> Expr:
    """Show the rate beside its last input, truncated to two places and not rounded: 94.996 % must not read 95.00 %."""
    rates = (rate for part in sub.rule.parts for rate in (part, *terms_of(part)))
    compared = (rate for rate in rates if isinstance(rate, Rate | Bands | MarginTerm) and len(rate.due) == 1)
    rate = next((each for each in compared if each.done == (fact.key,)), None)
    if rate is None:
        return Const(PASSED)
    done, due = (Ref(fact_field(sub.code, key)) for key in (fact.key, rate.due[0]))
    per_myriad = x.call("floor", x.divide(x.multiply(Const(10_000), done), due))
    known = x.when(x.is_number(due), x.less(x.ZERO, due), x.FALSE)
    said = x.join(x.call("fixed", x.divide(per_myriad, Const(100))), _verdict(rate, done, due))
    return x.when(known, said, Const(PASSED))


def _verdict(rate: Rate | Bands | MarginTerm, done: Expr, due: Expr) -> Expr:
    """Say whether a rate reaches its threshold, where it has one."""
    if not isinstance(rate, Rate):
        return Const("%")
    reached = x.at_most(x.multiply(Const(rate.at_least), due), x.multiply(Const(100), done))
    return x.when(reached, Const(f"%,达到{rate.at_least}%"), Const(f"%,低于{rate.at_least}%"))


def _score_row(brief: Brief, sub: SubPoint, facts: Mapping[str, _Fact]) -> Row:
    scoring = brief.notice.about.scoring
    auto = Computed(_computed(sub, facts, scoring.kept), "computed")
    common: dict[str, Content] = {
        CODE_COLUMN: Label(sub.code, "sub_code"),
        TEXT: Label(sub.text, "sub_text"),
        POINTS: Points(sub.points, "sub_points"),
        AUTO: auto,
    }
    reach = {TEXT: Stretch(MEASURE)}
    if sub.code in brief.notice.scored_by_office:
        cells = {**common, **_office_cells(brief, sub, facts)}
        return Row(code=sub.code, cells=cells, height=25, stretched=reach)
    own = {SELF: _self_score(brief, sub, facts)} if scoring.self_score else {}
    entered = {**own, REMARK: _remark(brief, sub, facts)}
    checks = [check for field in entered.values() for check in field.checks]
    cells = {
        **common,
        **_prior(brief, sub.code, "sub_prior"),
        **entered,
        STATUS: Computed(status(checks, Const(PASSED), brief.weights), "sub_status"),
    }
    return Row(code=sub.code, cells=cells, height=25, stretched=reach)


def _office_cells(brief: Brief, sub: SubPoint, facts: Mapping[str, _Fact]) -> dict[str, Content]:
    """Give the cells of a sub-point that no unit scores; a remark is asked for where the unit enters facts of it."""
    locked = (
        *((PRIOR,) if brief.previous else ()),
        *((SELF,) if brief.notice.about.scoring.self_score else ()),
        REMARK,
    )
    blank: dict[str, Content] = {column: Label("", "sub_text") for column in locked}
    if not any(isinstance(fact, Field) for fact in facts.values()):
        return {**blank, STATUS: Label(FROM_OFFICE, "sub_status")}
    remark = _remark(brief, sub, facts)
    said = Computed(status(remark.checks, Const(FROM_OFFICE), brief.weights), "sub_status")
    return {**blank, REMARK: remark, STATUS: said}


def _wrong(sub: SubPoint, facts: Mapping[str, Content]) -> Expr:
    """Give the condition that a fact which the rule reads is not there, or not right; one that is only doubtful stands."""
    used = dict.fromkeys(key for part in sub.rule.parts for key in inputs_of(part))
    fields = (facts[key] for key in used)
    checks = (check for field in fields if isinstance(field, Field) for check in field.checks)
    entered = (check.when for check in checks if check.code.severity is Severity.ERROR)
    given = (fact_field(sub.code, key) for key in used if isinstance(facts[key], Label))
    return x.either(*entered, *(x.equal(Ref(field), Const(FROM_OFFICE)) for field in given))


def _computed(sub: SubPoint, facts: Mapping[str, _Fact], kept: Kept) -> Expr:
    """Give the computed score in points, blank until its facts are right."""
    read = Facts.of(sub, partial(fact_field, sub.code))
    points = x.divide(rules.score(sub.rule, read, Worth.of(sub), kept), Const(100 * kept.units))
    return x.when(_wrong(sub, facts), EMPTY, points)


def nothing_applies(sub: SubPoint, facts: Mapping[str, Content]) -> Expr:
    """Give the condition that nothing of a sub-point applies; `facts` are its inputs as the form has them, by key."""
    out = rules.combined(sub.rule, Facts.of(sub, partial(fact_field, sub.code)), Worth.of(sub)).out
    return out if out == x.FALSE else x.when(_wrong(sub, facts), x.FALSE, out)


def _self_score(brief: Brief, sub: SubPoint, facts: Mapping[str, _Fact]) -> Field:
    out = nothing_applies(sub, facts)
    why = "" if brief.off(Code.REASON_FOR_MORE) else "高于测算分的,在情况说明里写明理由。"
    field = Field(
        row=sub.code,
        column=SELF,
        label="自评分",
        kind=Kind.DECIMAL,
        sub_point=sub.code,
        minimum=in_points(sub.least),
        maximum=in_points(sub.ceiling),
        places=brief.notice.about.scoring.kept.places,
        measure="分",
        required=True,
        waived=out,
        prompt=f"本得分点{sentences.range_text(sub)},对照左边的测算分填写。{why}",
        style="input_points",
    )
    cell = Ref(field.key)
    scored = x.negate(x.equal(cell, x.ZERO)) if sub.least else x.less(x.ZERO, cell)
    claimed = x.when(x.both(x.is_number(cell), out), scored, x.FALSE)
    return with_checks(field, Check(code=Code.SCORE_THOUGH_OUT, when=claimed, words=words(field)))


def _remark(brief: Brief, sub: SubPoint, facts: Mapping[str, _Fact]) -> Field:
    listed = f"材料列入台账目录,放入以{sub.code.split('.')[0]}命名的文件夹。"
    field = Field(
        row=sub.code,
        column=REMARK,
        label="情况说明",
        kind=Kind.TEXT,
        sub_point=sub.code,
        length=REMARK_LENGTH,
        prompt="简要写明做法和成效。" + (listed if any(each is sub for each in brief.evidenced) else ""),
        style="input_text",
    )
    none = x.blank(Ref(field.key))
    taken_out = (fact for fact in facts.values() if isinstance(fact, Field) and NOT_APPLICABLE in fact.options)
    out = x.either(*(x.equal(Ref(fact.key), Const(NOT_APPLICABLE)) for fact in taken_out))
    reasons = ((Code.REASON_FOR_OUT, out), (Code.REASON_FOR_MORE, _claimed_more(brief, sub)))
    checks = (Check(code=code, when=x.both(none, case), words={"label": sub.code}) for code, case in reasons)
    return with_checks(field, *(check for check in checks if check.when != x.FALSE))


def _claimed_more(brief: Brief, sub: SubPoint) -> Expr:
    """Give the condition that the self-score is above the computed one."""
    if sub.code in brief.notice.scored_by_office or not brief.notice.about.scoring.self_score:
        return x.FALSE
    auto, own = Ref(auto_field(sub.code)), Ref(self_field(sub.code))
    higher = x.both(x.less(auto, own), x.at_most(own, x.points(sub.ceiling)))
    return x.when(x.both(x.is_number(auto), x.is_number(own)), higher, x.FALSE)


# The totals: of what the unit can claim, and of what it gets back where several sub-points lose only so much together.


def _total_rows(brief: Brief, facts: _Facts) -> Iterator[Row]:
    scored = [sub for sub in brief.sub_points if sub.code not in brief.notice.scored_by_office]
    columns = {AUTO: auto_field, **({SELF: self_field} if brief.notice.about.scoring.self_score else {})}
    caps = capped.within_reach(brief.notice.about.loss_caps, scored)
    rows = [_capped_row(brief, f"{CAPPED}.{no}", cap, subs, facts) for no, cap, subs in caps]
    cells: dict[str, Content] = {
        CODE_COLUMN: Label(TOTAL, "total_code"),
        TEXT: Label("合计", "total"),
        POINTS: Points(points_of(scored), "total_points"),
        REMARK: Label("", "total"),
    }
    reach = {TEXT: Stretch(PRIOR if brief.previous else MEASURE), REMARK: Stretch(STATUS)}
    for column, field in columns.items():
        own = tuple(field(sub.code) for sub in scored)
        given_back = (Ref(f"{row.code}.{column}") for row in rows)
        total = x.add(x.call("sum", Span(own)) if own else x.ZERO, *given_back)
        cells[column] = Computed(total, "total_points")
    yield from (*rows, Row(code=TOTAL, cells=cells, height=25, stretched=reach))


def _capped_row(brief: Brief, code: str, cap: LossCap, subs: list[SubPoint], facts: _Facts) -> Row:
    scoring, named = brief.notice.about.scoring, "、".join(sub.code for sub in subs)
    outs = [(sub, nothing_applies(sub, facts[sub.code])) for sub in subs]
    columns = {AUTO: auto_field, **({SELF: self_field} if scoring.self_score else {})}
    given_back = {
        column: capped.given_back(cap, [capped.lost(sub, field(sub.code), out, scoring) for sub, out in outs])
        for column, field in columns.items()
    }
    cells: dict[str, Content] = {
        **code_cell(code),
        TEXT: Label(cap.text, "fact"),
        **{column: Computed(expr, "computed") for column, expr in given_back.items()},
        REMARK: Label(f"{named}合计失分超过{short(cap.at_most)}分的,超过的部分补回。", "hint"),
    }
    return Row(code=code, cells=cells)
