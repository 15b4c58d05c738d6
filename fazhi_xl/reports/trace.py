"""`--explain`: how a figure came about, from the return's cell to the unit's rank, in lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from fazhi_xl.answers.read import Answers, value_text
from fazhi_xl.form.sentences import explain
from fazhi_xl.form.sheets.unit import tasks
from fazhi_xl.notice.choices import Conversion
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths, short
from fazhi_xl.points import show as points_of
from fazhi_xl.reports.media.titles import grouped, state, vetoed
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.decisions import Adjustment, Ruling
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.losses import full_marks, lost, refunds
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import SubPointScore, UnitScore

_CUT = 12  # of a digest


def trace(round_: Round, unit: UnitScore, code: str) -> Iterator[str]:
    """Explain a sub-point's points, and the unit's total and rank; see `sub_point_trace`."""
    yield from sub_point_trace(round_, unit, code)
    yield from islice(unit_trace(round_, unit), 1, None)


def sub_point_trace(round_: Round, unit: UnitScore, code: str) -> Iterator[str]:
    """Explain a sub-point's points: cells, computed and self-score, decision, and what counts.

    The unit has returned its form and the sub-point is one of its own.
    """
    score = next(each for each in unit.sub_points if each.code == code)
    sub, file = round_.notice.sub_points_of(unit.unit)[code], round_.file_of(unit.unit)
    yield f"{round_.mark}{unit.unit} {code} {sub.text}"
    if file and file.answers:
        yield from _returned(round_, file, file.answers, sub, score)
    if score.pending:
        yield "待办公室提供:还没有数据,暂不计分,也不计入应得分。"
    else:
        decided = next(each for each in round_.reviewed_of(unit).sub_points if each.code == code)
        yield from _decided(decided, round_.rulings.get((unit.unit, code)))
        if decided.decided and not (round_.official or score.by_office):
            yield "全部定下以前,审核和登记的结果不计入。"
    yield (
        f"计入({round_.basis.value}):应得{points_of(full_marks(round_, score))}分,计{points_of(stats.counted(score, round_.basis))}分,"
        f"失{points_of(lost(round_, score))}分。"
    )


def _returned(round_: Round, file: FileResult, answers: Answers, sub: SubPoint, score: SubPointScore) -> Iterator[str]:
    yield f"来自:{file.path}(收到日期{file.came},依据{file.basis};SHA-256 {file.sha256[:_CUT]}…)"
    for fact in sub.inputs:
        yield f"填报:{_cell(answers, tasks.fact_field(sub.code, fact.key))} {fact.label}:{_said(answers, sub, fact.key)}"
    for remark in filter(None, (value_text(answers.values.get(f"{sub.code}.{tasks.REMARK}")),)):
        yield f"情况说明:{_cell(answers, f'{sub.code}.{tasks.REMARK}')} {remark}"
    yield "口径:" + ";".join(filter(None, explain(sub).values()))
    yield f"测算分:{_points(score.auto)}"
    claim = ";申请不涉及," + {None: "待核准", True: "已核准", False: "没有核准"}[score.approved] if score.out else ""
    if round_.notice.about.scoring.self_score and not score.by_office:
        yield f"自评分:{_cell(answers, tasks.self_field(sub.code))} {_points(score.self_score)}" + claim
    elif claim:
        yield claim.removeprefix(";")
    for found in file.findings:
        field = answers.shape.fields.get(found.place.field or "")
        if field is not None and field.sub_point == sub.code:
            yield f"{found.severity.word}:{found.place.sheet}!{found.place.cell} {found.message}"


def _said(answers: Answers, sub: SubPoint, key: str) -> str:
    """Give an answer as it was understood, and as it was typed where that is something else."""
    field = tasks.fact_field(sub.code, key)
    held = answers.evaluator().field(field)
    value, measure = value_text(held), sub.input(key).measure if isinstance(held, int | Fraction) else ""
    typed = answers.cells[field].text if field in answers.cells else ""
    if value is None:
        return f"“{typed}”没有采用" if typed else "(没有填写)"
    same = typed in {"", value} or _number(typed) == _number(value)
    return f"{value}{measure}" + ("" if same else f"(原样“{typed}”)")


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def _cell(answers: Answers, field: str) -> str:
    """Name the cell of the return; what the form takes from elsewhere is no input of this row."""
    found = answers.cells.get(field)
    if found:
        return f"{found.sheet}!{found.cell}"
    return "(空格)" if field in answers.shape.fields else "(表中取自别处或由办公室登记)"


def _points(points: Hundredths | None) -> str:
    return "没有" if points is None else f"{points_of(points)}分"


def _decided(score: SubPointScore, ruling: Ruling | None) -> Iterator[str]:
    if ruling is None or (ruling.no is None and not ruling.register):
        yield "审核:还没有决定。"
        return
    if ruling.register:
        yield f"审核:{ruling.register},核定{_points(score.reviewed)}。"
        yield from (f"  {event.register}:{event.text}" for event in ruling.events)
    if ruling.no is not None:
        way = "成批按自评核定" if ruling.bulk else ruling.book
        before = f",替代第{ruling.replaces}号决定" if ruling.replaces else ""
        result = "核准不涉及" if score.approved else f"核定{_points(score.reviewed)}"
        why = ";".join(filter(None, (ruling.reason, ruling.note)))
        yield (
            f"审核:第{ruling.no}号决定({ruling.day} {ruling.reviewer},{way}{before}):"
            f"{'由登记簿代替' if ruling.register else result}{f',{why}' if why else ''}。"
        )


# From the unit's points to its rank ----------------------------------------------------------------------------------


def unit_trace(round_: Round, unit: UnitScore) -> Iterator[str]:
    """Explain the total and rank of a unit that has a total."""
    yield f"{round_.mark}{unit.unit}"
    yield from (_from_points(round_, unit) if unit.sub_points else _from_the_start(round_))
    yield from _adjusted(round_, unit)
    yield from _standing(round_, unit)


def _from_points(round_: Round, unit: UnitScore) -> Iterator[str]:
    scoring = round_.notice.about.scoring
    awarded = sum(stats.counted(score, round_.basis) for score in unit.sub_points) + unit.refund
    waiting = sum(score.pending for score in unit.sub_points)
    more = f"(另有{waiting}个得分点待办公室提供)" if waiting else ""
    back = f"(含补回{points_of(unit.refund)}分)" if unit.refund else ""
    yield (
        f"合计:{len(unit.sub_points)}个得分点{more},应得{points_of(unit.full_marks)}分,得{points_of(awarded)}分{back}。"
    )
    for refund in refunds(round_, unit):
        yield f"限额:{refund.cap.text.removesuffix('。')}。{refund.words}。"
    way = _HOW[scoring.percent].format(full=short(scoring.full), f=points_of(unit.full_marks), a=points_of(awarded))
    yield f"折算分:{way}={points_of(unit.percent or 0)}"


def _from_the_start(round_: Round) -> Iterator[str]:
    yield f"基准分:{short(round_.notice.about.scoring.full)}"


def _adjusted(round_: Round, unit: UnitScore) -> Iterator[str]:
    scoring, notice = round_.notice.about.scoring, round_.notice
    percent, bonus, deduction = unit.percent or 0, unit.bonus or 0, unit.deduction or 0
    if notice.bonus:
        yield f"加分:{points_of(bonus)}" + _matters(round_.claims, unit, _limit(scoring.bonus_cap))
        yield from _not_counted(round_.claims, unit, counting=round_.official)
    if notice.deductions:
        taken = _matters(round_.penalties, unit, _limit(scoring.deduction_cap)) if deduction else ""
        yield f"减分:{points_of(deduction)}{taken}"
        yield from _not_counted(round_.penalties, unit, counting=round_.deducting)
    weight = "" if scoring.index_coefficient == 1 else f"×{scoring.index_coefficient}"
    more = (f"+{points_of(bonus)}" if notice.bonus else "") + (f"-{points_of(deduction)}" if notice.deductions else "")
    yield (
        f"总分:{points_of(percent)}{weight}{more}={points_of(unit.total or 0)}"
        + ("" if scoring.total_cap is None else f"(以{short(scoring.total_cap)}分为限)")
    )


def _limit(cap: Hundredths | None) -> str:
    return "" if cap is None else f",以{short(cap)}分为限"


def _standing(round_: Round, unit: UnitScore) -> Iterator[str]:
    if unit.vetoes:
        yield f"名次:{vetoed(unit)},不参加排名。"
        return
    if unit.rank is None:
        yield "名次:参评不排名。"
        return
    came = [each for each in round_.units if each.rank is not None]
    group = next(each.name for each in round_.notice.ranking_groups if each.code == unit.group)
    own = sum(each.group == unit.group for each in came)
    of_group = f";{group}第{unit.group_rank}名(共{own}家)" if grouped(round_.notice) else ""
    yield f"名次:{state(round_)}第{unit.rank}名(共{len(came)}家){of_group}。"


_HOW = {
    Conversion.PERCENT: "{full}×{a}÷{f}",
    Conversion.RAW: "不折算,{a}",
    Conversion.HUNDRED_MINUS_LOST: "{full}-({f}-{a})",
}


def _matters(entries: tuple[Adjustment, ...], unit: UnitScore, more: str) -> str:
    own = (each for each in entries if each.unit == unit.unit and (each.counted or each.limited))
    told = [f"{each.matter} {points_of(each.counted)}" + (f"[{each.limited}]" if each.limited else "") for each in own]
    return f"({'、'.join(told)}{more})" if told else ""


def _not_counted(entries: tuple[Adjustment, ...], unit: UnitScore, *, counting: bool) -> Iterator[str]:
    """List the entries that weigh nothing and why: refused, or counted with another one; before verdicts count, all verdicts."""
    for each in entries:
        why = ";".join(filter(None, (_verdict(each), each.why(each.counted, None))))
        if each.unit == unit.unit and each.verdict and not (counting and each.counted):
            head = "不计入" if counting else "已有认定(全部定下以前不作数)"
            provider = f"({each.source}提供)" if each.source not in {"", each.unit} else ""
            yield f"  {head}:{each.row}{provider} {each.matter}:{why}"


def _verdict(entry: Adjustment) -> str:
    return ",".join(filter(None, (entry.verdict, entry.note)))
