"""Random catalogues within the model: units, groups, items, rules of every kind, registers, adjustments; some with a fault.

A catalogue is raw tables by file name, as in `tests.support.catalogues`. One seed gives one catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from tests.support.catalogues import Files, Table, item, sub_point

_MEASURES = ("次", "件", "人", "起", "%", "")
_AMOUNTS = ("0.005", "0.05", "0.125", "0.25", "0.5", "1", "2", "3")


def random_catalogue(seed: int) -> Files:
    """Give a catalogue that the seed determines."""
    dice = Random(seed)
    groups = ["甲", "乙", "丙"][: dice.choice([1, 1, 2, 3])]
    registers: list[Table] = []
    items = {
        f"items/{no:02d}.toml": _item(dice, no, groups, registers) for no in range(1, dice.choice([0, 1, 2, 3, 5]) + 1)
    }
    files: Files = {"notice.toml": _about(dice, items), "units.toml": _units(dice, groups), **items}
    adjustments = _adjustments(dice, needed=not items)
    files |= {"adjustments.toml": adjustments} if adjustments else {}
    files |= {"registers.toml": {"registers": registers}} if registers else {}
    if dice.random() < 0.3:
        files["contacts.toml"] = _contacts(dice)
    if dice.random() < 0.3:
        files["index.toml"] = {
            "title": "参考指标",
            "projects": [{"factor": "因素", "name": "项目", "indicators": [{"no": 1, "text": "指标"}]}],
        }
    _fit(dice, files)
    if dice.random() < 0.25:
        dice.choice(_FAULTS)(dice, files)
    return files


def _about(dice: Random, items: Files) -> Table:
    scoring: Table = {"full": 100, "places": dice.choice([2, 2, 3]), "rounding": dice.choice(["half_up", "down"])}
    scoring["percent"] = dice.choice(["percent", "raw", "hundred_minus_lost"]) if items else "hundred_minus_lost"
    if dice.random() < 0.3:
        scoring["self_score"] = False
    if dice.random() < 0.3:
        scoring["not_applicable"] = "out"
    about: Table = {
        "format": 2,
        "title": "关于开展考核的通知",
        "number": "示例〔2030〕9号",
        "short_title": "2030年考核",
        "year": 2030,
        "district": "示例市",
        "issuer": "示例市考核办",
        "office": "市考核办",
        "form_prefix": "KH2030",
        "dates": {
            "period_start": date(2030, 1, 1),
            "period_end": date(2030, 12, 31),
            "ledger_due": dice.choice([date(2030, 11, 20), date(2031, 1, 20)]),
            "issued": date(2030, 3, 1),
        },
        "scoring": scoring,
    }
    if dice.random() < 0.5:
        about["texts"] = {"evidence": ["材料按项目序号建文件夹。"]}
    if dice.random() < 0.5:
        about["review"] = {"reasons": ["没有材料", "数据不符", "其他(写明)"]}
    if dice.random() < 0.6:
        about["grades"] = [{"name": "好", "at_least": 90}, {"name": "中", "at_least": 60}, {"name": "差"}]
    return about


def _units(dice: Random, groups: list[str]) -> Table:
    count = dice.choice([1, 2, 3, 5, 8])
    names = [f"{no:02d}{dice.choice(['镇', '街道', '局', '中心'])}" for no in range(1, count + 1)]
    return {
        "ranking_groups": [{"code": code, "name": f"{code}组"} for code in groups],
        "units": [
            {"no": no, "name": name, "short": name, "kind": "单位", "ranking_group": dice.choice(groups)}
            for no, name in enumerate(names, 1)
        ],
    }


def _contacts(dice: Random) -> Table:
    columns = ["岗位", "姓名", "职务", "电话", "手机", "邮箱"][: dice.randint(2, 6)]
    return {
        "title": "联系人",
        "columns": columns,
        "rows": ["经办人"],
        "sign_off": ["填表人", "审核人"][: dice.randint(0, 2)],
    }


# Items and rules ------------------------------------------------------------------------------------------------------


def _item(dice: Random, no: int, groups: list[str], registers: list[Table]) -> Table:
    subs = [_sub_point(dice, f"{no}.{at}", groups, registers) for at in range(1, dice.randint(1, 3) + 1)]
    return item(no, *subs)


class _Inputs:
    """Collects the inputs that a rule's parts ask for."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.asked: list[Table] = []

    def add(self, kind: str, **more: Any) -> str:  # noqa: ANN401 - what stands in a table
        key = f"数{len(self.asked) + 1}"
        self.asked.append({"key": key, "label": f"指标{key}", "kind": kind, **more})
        return key

    def count(self, **more: Any) -> str:  # noqa: ANN401 - as above
        return self.add("whole", measure=self.dice.choice(_MEASURES), **more)


def _sub_point(dice: Random, code: str, groups: list[str], registers: list[Table]) -> Table:
    inputs = _Inputs(dice)
    points = dice.choice(["0.5", "1", "2", "3.5", "10"])
    more: Table = {"evidence": "有关材料"}
    if dice.random() < 0.35:
        part = dice.choice(_POINT_PARTS)(inputs)
        if part["kind"] == "balance" or dice.random() < 0.2:
            more |= {"least": -dice.choice([1, 5]), "most": Decimal(points) + dice.choice([0, 2])}
        if part["kind"] == "balance" and dice.random() < 0.4:
            points, more["most"] = "0", 3
        parts = [part]
    else:
        parts = [dice.choice((*_PARTS, *_POINT_PARTS[:2]))(inputs) for _ in range(dice.randint(1, 3))]
    if len(groups) > 1 and points != "0" and dice.random() < 0.2:
        more["points_by_group"] = {groups[0]: Decimal(points) / 2}
    sub = sub_point(points, *parts, inputs=inputs.asked, **more)
    if len(parts) > 1 and dice.random() < 0.3:
        sub["rule"]["combine"] = "all"
    elif len(parts) > 1 and dice.random() < 0.5:
        sub["rule"]["parts"] = [{**part, "weight": dice.randint(1, 3)} for part in parts]
    _keep_registers(dice, code, inputs, registers)
    return sub


def _yes(inputs: _Inputs) -> Table:
    options = inputs.dice.choice([["是", "否"], ["是", "否", "不涉及"]])
    return {"kind": "yes", "input": inputs.add("choice", options=options)}


def _count(inputs: _Inputs) -> Table:
    return {
        "kind": "count",
        "input": inputs.count(),
        "at_least": inputs.dice.randint(1, 12),
        "below": inputs.dice.choice(["zero", "linear"]),
    }


def _rate(inputs: _Inputs) -> Table:
    due = inputs.count()
    done = inputs.count(not_more_than=due)
    return {
        "kind": "rate",
        "done": [done],
        "due": [due],
        "at_least": inputs.dice.choice([90, 95, 100]),
        "below": inputs.dice.choice(["zero", "linear"]),
        "no_case": inputs.dice.choice(["met", "not_applicable", "zero"]),
    }


def _ratio(inputs: _Inputs) -> Table:
    base = inputs.add("decimal", minimum=Decimal("0.5"))
    return {"kind": "ratio", "amount": inputs.add("decimal"), "base": base, "at_least": inputs.dice.randint(1, 50)}


def _fall(inputs: _Inputs) -> Table:
    part = {"kind": "fall", "this_year": inputs.count(), "last_year": inputs.count()}
    if inputs.dice.random() < 0.5:
        part |= {"this_year_of": inputs.count(), "last_year_of": inputs.count()}
    return part


def _grade(inputs: _Inputs) -> Table:
    shares = {"全部": 100, "部分": inputs.dice.randint(1, 99), "没有": 0}
    return {"kind": "grade", "input": inputs.add("choice", options=list(shares)), "shares": shares}


def _months(inputs: _Inputs) -> Table:
    start = inputs.add("date")
    return {
        "kind": "months",
        "start": start,
        "end": inputs.add("date", not_before=start),
        "at_least": inputs.dice.randint(1, 6),
    }


def _count_zero(inputs: _Inputs) -> Table:
    return {"kind": "count_zero", "input": inputs.count()}


_PARTS: tuple[Callable[[_Inputs], Table], ...] = (
    _yes, _count, _rate, _ratio, _fall, _grade, _months, _count_zero,
)  # fmt: skip


def _amount(dice: Random) -> Decimal:
    return Decimal(dice.choice(_AMOUNTS))


def _term(inputs: _Inputs) -> Table:
    dice = inputs.dice
    term: Table = {"each": _amount(dice)}
    if dice.random() < 0.3:
        term["cap"] = max(_amount(dice), term["each"])
    if dice.random() < 0.35:
        return term | _margin(inputs)
    term["input"] = inputs.count()
    if dice.random() < 0.3:
        term["target"] = dice.randint(1, 12)
    elif dice.random() < 0.3:
        term["again"] = 2
    return term


def _margin(inputs: _Inputs) -> Table:
    dice, due = inputs.dice, inputs.count()
    term: Table = {"done": [inputs.count(not_more_than=due)], "due": [due]}
    term |= {"side": dice.choice(["below", "above"]), "step": dice.choice(["full", "begun", "exact"])}
    match dice.choice(["number", "input", "last"]):
        case "number":
            term["reference"] = dice.choice([Decimal(90), Decimal("93.25")])
        case "input":
            term["reference_input"] = inputs.add("decimal", maximum=100)
        case _:
            before = inputs.count()
            term |= {"last_done": [inputs.count(not_more_than=before)], "last_due": [before]}
    return term


def _terms(inputs: _Inputs) -> list[Table]:
    return [_term(inputs) for _ in range(inputs.dice.randint(1, 3))]


def _with_cap(inputs: _Inputs, kind: str) -> Table:
    part: Table = {"kind": kind, "terms": _terms(inputs)}
    return {**part, "cap": Decimal("0.5")} if inputs.dice.random() < 0.3 else part


def _tally(inputs: _Inputs) -> Table:
    return _with_cap(inputs, "tally")


def _deduct(inputs: _Inputs) -> Table:
    return _with_cap(inputs, "deduct")


def _balance(inputs: _Inputs) -> Table:
    start = inputs.dice.choice([Decimal(0), Decimal("0.5")])
    return {"kind": "balance", "start": start, "plus": _terms(inputs), "minus": _terms(inputs)}


def _bands(inputs: _Inputs) -> Table:
    part: Table = {"kind": "bands", "otherwise": Decimal(0)}
    if inputs.dice.random() < 0.5:
        part["input"] = inputs.add("decimal")
    else:
        due = inputs.count()
        part |= {"done": [inputs.count(not_more_than=due)], "due": [due]}
    if inputs.dice.random() < 0.7:
        part["bands"] = [
            {"at_least": 80, "points": Decimal("0.5")},
            {"at_least": Decimal("60.5"), "points": Decimal("0.125")},
        ]
    else:
        part["bands"] = [{"at_most": 1, "points": Decimal("0.5")}, {"at_most": 5, "points": Decimal("0.25")}]
    return part


_POINT_PARTS: tuple[Callable[[_Inputs], Table], ...] = (_tally, _deduct, _balance, _bands)


# Registers ------------------------------------------------------------------------------------------------------------


def _keep_registers(dice: Random, code: str, inputs: _Inputs, registers: list[Table]) -> None:
    """Let a register give one of the inputs, now and then: counted, summed, or taken from a value."""
    free = [fact for fact in inputs.asked if fact["kind"] == "whole" and "not_more_than" not in fact]
    named = {fact.get("not_more_than") for fact in inputs.asked}
    free = [fact for fact in free if fact["key"] not in named]
    if not free or dice.random() > 0.3:
        return
    fact = dice.choice(free)
    feed: Table = {"sub_point": code, "input": fact["key"]}
    columns: list[Table] = [
        {"key": "事项", "kind": "text"},
        {"key": "类别", "kind": "choice", "options": ["一般", "严重"]},
        {"key": "数量", "kind": "whole", "maximum": 50},
        {"key": "日期", "kind": "date", "required": False, "latest": date(2031, 1, 31)},
    ]
    register: Table = {"name": f"登记{len(registers) + 1}", "columns": columns}
    match dice.choice(["unit", "office", "value", "round"]):
        case "unit":
            fact["given_by"], register["kept_by"] = "register", "unit"
            register |= {"rows": dice.randint(4, 14)} | dice.choice([{}, {"periods": "month"}, {"periods": "quarter"}])
            register["on_time"] = {"column": "日期", "day": 10, "months_after": dice.randint(0, 1)}
            feed |= dice.choice([{}, {"on_time": True}, {"where": {"类别": "严重"}}, {"sum": "数量"}])
        case "office":
            fact["given_by"], register["kept_by"] = "office", "office"
            feed |= dice.choice([{}, {"where": {"类别": "严重"}}, {"sum": "数量"}])
        case scope:
            fact["given_by"], register["kept_by"] = "office", "office"
            register |= {"scope": "unit" if scope == "value" else "round", "columns": columns[2:3]}
            feed["value"] = "数量"
    registers.append({**register, "feeds": [feed]})


# Adjustments ----------------------------------------------------------------------------------------------------------


def _adjustments(dice: Random, *, needed: bool) -> Table:
    made: Table = {}
    if dice.random() < 0.5:
        made["bonus"] = [_situation(dice, no, "加分") for no in range(1, dice.randint(1, 3) + 1)]
        if dice.random() < 0.5:
            made["bonus_form"] = {"levels": ["市级", "省级"], "recognition": dice.random() < 0.5}
    if needed or dice.random() < 0.5:
        made["deductions"] = [
            _situation(dice, no, "减分") | {"provided_by": ["@全部"]} for no in range(1, dice.randint(1, 3) + 1)
        ]
    if dice.random() < 0.4:
        made["vetoes"] = [{"no": 1, "text": "弄虚作假的", "label": "弄虚作假"}]
    labels = [each["label"] for each in made.get(dice.choice(["bonus", "deductions"]), [])]
    if labels and dice.random() < 0.5:
        made["limits"] = [{"name": "合计", "of": labels, "at_most": 2}]
    return made


def _situation(dice: Random, no: int, what: str) -> Table:
    situation: Table = {"no": no, "text": f"{what}情形{no}的", "label": f"{no}号{what}", "points": dice.choice([1, 3])}
    if dice.random() < 0.4:
        situation["levels"] = [{"name": f"{what}轻", "points": 1}, {"name": f"{what}重", "points": 5}]
    if dice.random() < 0.3:
        situation["again"] = 2
    return situation


def _fit(dice: Random, files: Files) -> None:
    """Write what goes by the other parts: caps, sections, losses."""
    about = files["notice.toml"]
    adjustments = files.get("adjustments.toml", {})
    if "bonus" in adjustments and dice.random() < 0.5:
        about["scoring"]["bonus_cap"] = dice.choice([0, 1, 5])
    if "deductions" in adjustments and dice.random() < 0.4:
        about["scoring"]["deduction_cap"] = 4
    items = [table for file, table in files.items() if file.startswith("items/")]
    codes = [sub["code"] for each in items for sub in each["sub_points"]]
    if len(codes) > 1 and dice.random() < 0.4:
        about["loss_caps"] = [{"text": "两项累计扣分不超过1分", "sub_points": codes[:2], "at_most": 1}]
    if len(items) > 1 and dice.random() < 0.4:
        about.setdefault("review", {})["sections"] = [
            {"name": "一科", "items": ["1"]},
            {"name": "二科", "items": [str(each["no"]) for each in items[1:]]},
        ]


# Faults: --check has to refuse them, or they must do no harm ----------------------------------------------------------

HOSTILE = (
    "甲[1]",
    "甲/乙",
    '“甲"乙',
    "甲?",
    " 甲 ",
    "甲" * 60,
    "=1+1",
    "甲'乙",
    "甲,乙",
    "甲\n乙",
    "@甲",
    "甲&乙<丙>",
    "\u200b甲",
    "—",
)


def _rename_unit(dice: Random, files: Files) -> None:
    unit = dice.choice(files["units.toml"]["units"])
    unit["short"] = unit["name"] = dice.choice(HOSTILE)


def _rename_aspect(dice: Random, files: Files) -> None:
    for file, table in files.items():
        if file.startswith("items/"):
            table[dice.choice(["aspect", "name"])] = dice.choice(HOSTILE)


def _rename_grade(dice: Random, files: Files) -> None:
    for grade in files["notice.toml"].get("grades", [])[:1]:
        grade["name"] = dice.choice(HOSTILE)


def _rename_group(dice: Random, files: Files) -> None:
    files["units.toml"]["ranking_groups"][0]["name"] = dice.choice(HOSTILE)


def _rename_register(dice: Random, files: Files) -> None:
    for register in files.get("registers.toml", {}).get("registers", [])[:1]:
        register["name"] = dice.choice((*HOSTILE, "任务分解表", "1"))


def _rename_label(dice: Random, files: Files) -> None:
    for table in files.get("adjustments.toml", {}).get("bonus", [])[:1]:
        table["label"] = dice.choice(HOSTILE)
    for file, table in files.items():
        if file.startswith("items/"):
            table["sub_points"][0]["inputs"][0]["label"] = dice.choice(HOSTILE)


def _many_parts(dice: Random, files: Files) -> None:
    for file, table in files.items():
        if file.startswith("items/"):
            rule = table["sub_points"][0]["rule"]
            rule["parts"] = rule["parts"] * dice.choice([8, 40])


def _lose_register(_: Random, files: Files) -> None:
    files.pop("registers.toml", None)


def _full_marks(dice: Random, files: Files) -> None:
    files["notice.toml"]["scoring"]["full"] = dice.choice([Decimal("0.01"), 1, 150, 9_999, 0, -5])


_FAULTS: tuple[Callable[[Random, Files], None], ...] = (
    _rename_unit,
    _rename_aspect,
    _rename_grade,
    _rename_group,
    _rename_register,
    _rename_label,
    _many_parts,
    _lose_register,
    _full_marks,
)
