"""口径说明 and 敏感性: how each question that the notice leaves open was answered, and the ranks under the other answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from fazhi_xl.findings.adjustable import finding_name
from fazhi_xl.notice.model import Switch
from fazhi_xl.notice.switches import before
from fazhi_xl.points import Hundredths, show
from fazhi_xl.reports.filing.returns import extensions_told
from fazhi_xl.reports.media.titles import continued, title
from fazhi_xl.reports.media.workbook import Column, ReportSheet, Sentence, Table, pixels
from fazhi_xl.rounds.round import Alternative, Round
from fazhi_xl.rounds.switched import effects, told_otherwise
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order
from fazhi_xl.text.dates import chinese_date

SHEET = "敏感性"


def readings_sheet(round_: Round) -> ReportSheet:
    columns = (
        Column(title="序号", width=6, style="count"),
        Column(title="问题", width=32),
        Column(title="采用的口径", width=32),
        Column(title="理由", width=54),
        Column(title="其他口径", width=34),
        Column(title="确认", width=9, style="centre"),
    )
    rows = tuple(
        (
            no,
            reading.question,
            reading.choice.text,
            reading.reason if reading.chosen == reading.options[0].key else f"改选;原口径的理由:{reading.reason}",
            ";".join(option.text for option in reading.options if option.key != reading.chosen) or None,
            "已确认" if reading.confirmed else "待确认",
        )
        for no, reading in enumerate(round_.notice.readings, 1)
    )
    said = Sentence("通知没有写明的,按下列口径处理;改变口径改目录数据即可,不改程序。")
    return ReportSheet(
        name="口径说明",
        title=title(round_, "口径说明"),
        blocks=(*_readings(said, round_, Table(columns=columns, rows=rows)), *_switches(round_)),
    )


def _readings(said: Sentence, round_: Round, table: Table) -> tuple[Sentence | Table, ...]:
    """Give the readings, where the catalogue has any, with what else was granted."""
    granted = tuple(map(Sentence, extensions_told(round_)))
    return (said, *granted, table) if table.rows else granted


def _switches(round_: Round) -> Iterator[Sentence | Table]:
    """Tell of every rule that the office has weighed otherwise or switched off, and how many findings that changed."""
    if not round_.notice.switches:
        return
    columns = (
        Column(title="序号", width=6, style="count"),
        Column(title="调整的规则", width=32),
        Column(title="怎样办", width=32),
        Column(title="理由", width=54),
        Column(title="谁定的", width=34),
        Column(title="改变条数", width=9, style="count"),
    )
    rows = tuple(
        (
            no,
            finding_name(each.switch.finding),
            _made(round_, each.switch),
            each.switch.reason,
            each.switch.by,
            each.changed,
        )
        for no, each in enumerate(effects(round_.notice.switches, round_.files), 1)
    )
    yield Sentence("规则开关:办公室调整了下列规则,按收到日期办,那一天以前收到的照旧;计分不受影响。")
    yield Table(columns=columns, rows=rows)
    if apart := told_otherwise(round_.files):
        yield Sentence(
            f"{len(apart)}个单位的表是改规则以前发的,表里“校验”还是原来的说法,已按收到时的规则办:{'、'.join(apart)}。"
        )


def _made(round_: Round, switch: Switch) -> str:
    """Say what the finding was before the day, by an earlier switch or as a rule, and what it is from then on."""
    was = before(round_.notice.switches, switch)
    return f"{chinese_date(switch.since)}起收到的,由“{was.word}”改为“{switch.severity.word}”"


# 敏感性 --------------------------------------------------------------------------------------------------------------


def sensitivity_sheets(round_: Round) -> Iterator[ReportSheet]:
    """Give the ranks under each other option that changes any, so many options to a sheet as a page has room for."""
    telling = [each for each in round_.alternatives if _figures(each.units) != _figures(round_.units)]
    alike = [f"{each.reading}({each.option})" for each in round_.alternatives if each not in telling]
    sheets = max(1, ceil(len(telling) / _MOST))
    most = ceil(len(telling) / sheets)  # the sheets are alike, rather than the last one almost empty
    for no in range(sheets):
        name = continued(SHEET, no)
        yield ReportSheet(
            name=name,
            title=title(round_, f"{name}:换一种口径的名次"),
            blocks=(
                Sentence(_what_it_says(round_)),
                *(
                    []
                    if no
                    else [
                        Sentence(f"换了名次和总分都不变的:{'、'.join(alike)}。" if alike else "没有换了都不变的口径。")
                    ]
                ),
                _under_options(round_, telling[no * most : (no + 1) * most]),
            ),
            held=2,
        )


_MOST, _OPTION = 7, 138  # options on a page of A4, and the pixels of each


def _what_it_says(round_: Round) -> str:
    missing = {unit.unit for unit in round_.missing}
    not_scored = "或不计分" if missing & {unit.unit for unit in _standing(round_)} else ""
    return (
        "各单位填的、已经核定和认定的不变,只把一条口径换成另一种,测算随之重算(核定分不超过得分点分值):"
        f"先写总分,再写名次,括号里是名次升(+)降(-)几位;“{_SAME}”为总分和名次都不变。"
        "“*”为有的得分点按这种口径要填而没有填,计入应得分,得0分。"
        f"“—”为按这种口径没有任务{not_scored}。"
    )


def _under_options(round_: Round, options: Sequence[Alternative]) -> Table:
    columns = (
        Column(title="名次", width=pixels(46), style="rank"),
        Column(title="单位", width=pixels(124)),
        Column(title="应得分", width=pixels(62), style="figure"),
        Column(title="总分", width=pixels(66), style="strong"),
        *(Column(title=f"{each.reading}:\n{each.option}", width=pixels(_OPTION), style="option") for each in options),
    )
    then = [(each, {unit.unit: unit for unit in each.units}) for each in options]
    rows = (
        (unit.rank, unit.unit, unit.full_marks, unit.total, *(_under(unit, each, units) for each, units in then))
        for unit in in_order(_standing(round_))
    )
    return Table(columns=columns, rows=tuple(rows))


_SAME = "·"


def _standing(round_: Round) -> list[UnitScore]:
    """Give the units that have a total, and those that returned nothing where some reading gives them one."""
    ranked = {unit.unit for each in round_.alternatives for unit in each.units if unit.zeroed}
    return [unit for unit in round_.units if unit.total is not None or unit.unit in ranked]


def _figures(units: Sequence[UnitScore]) -> list[tuple[Hundredths | None, int | None]]:
    return [(unit.total, unit.rank) for unit in units]


def _under(unit: UnitScore, alternative: Alternative, units: Mapping[str, UnitScore]) -> str | None:
    then = units.get(unit.unit)
    if then is None or then.total is None:
        return None
    star = "*" if unit.unit in alternative.unanswered else ""
    if not star and (then.total, then.rank) == (unit.total, unit.rank):
        return _SAME
    return f"{show(then.total)} {_place(unit.rank, then.rank)}{star}"


def _place(before: int | None, then: int | None) -> str:
    if then is None:
        return "不占名次"
    moved = before - then if before is not None else 0
    return f"第{then}名" + (f"({moved:+d})" if moved else "")
