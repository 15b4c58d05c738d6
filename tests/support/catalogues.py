"""Small catalogues, made in code: raw tables by file name, which a test may change before they are written and loaded.

`minimal` has two units and one item and nothing else; `negative_list` has deductions only; `full` has every part that a notice
may have, and rules of most kinds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice

Table = dict[str, Any]
Files = dict[str, Table]


def catalogue(folder: Path, files: Mapping[str, Table]) -> Notice:
    """Write a catalogue's files and load it."""
    return load(write(folder, files))


def write(folder: Path, files: Mapping[str, Table]) -> Path:
    """Write a catalogue's files into a folder, which is made where it is not there."""
    for file, table in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{_key(key)} = {_toml(value)}\n" for key, value in table.items()), "utf-8")
    return folder


def _key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | Decimal() | float() | date():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case Mapping():
            return "{ " + ", ".join(f"{_key(str(key))} = {_toml(each)}" for key, each in value.items()) + " }"
        case Iterable():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case _:
            raise TypeError(value)


# The parts --------------------------------------------------------------------------------------------------------------

_ABOUT: Table = {
    "format": 2,
    "title": "关于开展社区服务考核的通知",
    "number": "示例〔2031〕1号",
    "short_title": "示例县2031年社区服务考核",
    "year": 2031,
    "district": "示例县",
    "issuer": "示例县社区服务工作小组",
    "office": "县社区办",
    "form_prefix": "SQ2031",
    "dates": {
        "period_start": date(2031, 1, 1),
        "period_end": date(2031, 12, 31),
        "ledger_due": date(2032, 1, 15),
        "issued": date(2031, 2, 1),
    },
}
_COUNT: Table = {"key": "次数", "label": "走访次数", "kind": "whole", "measure": "次"}
YES_NO = ["是", "否"]


def units(count: int, groups: Iterable[str] = ("甲",)) -> Table:
    """Give so many units, shared out to the ranking groups in turn."""
    codes = tuple(groups)
    names = [f"{no:02d}社区" for no in range(1, count + 1)]
    listed = [
        {"no": no, "name": name, "short": name, "kind": "社区", "ranking_group": codes[(no - 1) % len(codes)]}
        for no, name in enumerate(names, 1)
    ]
    return {"ranking_groups": [{"code": code, "name": f"{code}组"} for code in codes], "units": listed}


def item(no: int, *subs: Table, **more: object) -> Table:
    """Give an item of all units over its sub-points, which are made by `sub_point`."""
    coded = [{"code": f"{no}.{at}", **sub} for at, sub in enumerate(subs, 1)]
    return {
        "no": no,
        "aspect": f"方面{(no + 1) // 2}",
        "name": f"工作{no}",
        "points": sum(Decimal(str(sub["points"])) for sub in subs),
        "requirement": "".join(str(sub["text"]) for sub in subs),
        "responsible": ["@全部"],
        "sub_points": coded,
        **more,
    }


def sub_point(points: int | str, *parts: Table, inputs: Iterable[Table] = (_COUNT,), **more: object) -> Table:
    """Give a sub-point; without parts it counts its first input."""
    asked = [{**_COUNT} if each is _COUNT else each for each in inputs]  # whoever changes one changes no other
    rule = list(parts) or [{"kind": "count", "input": asked[0]["key"], "at_least": 4}]
    text = f"做好一项工作({points}分)"
    return {"text": text, "points": Decimal(str(points)), "inputs": asked, "rule": {"parts": rule}, **more}


def minimal(count: int = 2) -> Files:
    """Give a catalogue of so many units and one item of one sub-point, without any part that a notice may lack."""
    about = {**deepcopy(_ABOUT), "scoring": {"full": 10}}
    return {"notice.toml": about, "units.toml": units(count), "items/01.toml": item(1, sub_point(10))}


def next_year(files: Files) -> None:
    """Make a catalogue the next year's: its year, its days, and the beginning of its form numbers."""
    about = files["notice.toml"]
    about["year"] += 1
    about["form_prefix"] = f"{about['form_prefix'][:2]}{about['year']}"
    about["dates"] = {name: day.replace(year=day.year + 1) for name, day in about["dates"].items()}


def negative_list(count: int = 3) -> Files:
    """Give a catalogue without items: only deductions, which the office registers, with a limit."""
    about = {**deepcopy(_ABOUT), "scoring": {"full": 100, "percent": "hundred_minus_lost", "deduction_cap": 20}}
    deductions = [
        {"no": 1, "text": "被通报批评的", "label": "通报批评", "points": 3},
        {"no": 2, "text": "发生责任事故的", "label": "责任事故", "points": 5},
    ]
    return {"notice.toml": about, "units.toml": units(count), "adjustments.toml": {"deductions": deductions}}


def full(count: int = 6) -> Files:
    """Give a catalogue with every part, two ranking groups, registers of both sides, and rules of most kinds."""
    about: Table = {
        **deepcopy(_ABOUT),
        "scoring": {"full": 40, "bonus_cap": 5, "deduction_cap": 10},
        "words": {"assessment": "考核", "unit": "被考核社区", "grade": "档次"},
        "texts": {
            "steps": ["逐项填报。"],
            "evidence": ["材料转成电子档,按项目序号命名文件夹。"],
            "scoring_clause": "满分40分。",
            "bonus_clause": "累计加分不超过5分。",
            "deduction_clause": "累计减分不超过10分。",
            "contact_clause": "人员有调整的填写。",
            "index_clause": "以下指标供参考。",
        },
        "swing": {"times": 2, "least": 10},
        "review": {
            "reasons": ["没有材料", "其他"],
            "sections": [{"name": "一股", "items": ["1", "2"]}, {"name": "二股", "items": ["3", "4"]}],
        },
        "feedback": {"show_rank": True, "material_reasons": ["没有材料"]},
        "grades": [{"name": "甲等", "at_least": 36}, {"name": "乙等"}],
        "loss_caps": [{"text": "两项累计扣分不超过4分", "sub_points": ["2.1", "2.2"], "at_most": 4}],
    }
    return {
        "notice.toml": about,
        "units.toml": units(count, ("甲", "乙")),
        **_items(),
        "adjustments.toml": _adjustments(),
        "registers.toml": {"registers": _registers()},
        "index.toml": _INDEX,
        "contacts.toml": _CONTACTS,
    }


def long_worded(count: int = 6) -> Files:
    """Give the full catalogue with names, labels and sentences as long as notices have them."""
    files = deepcopy(full(count))  # whose parts others share
    for unit in files["units.toml"]["units"]:
        unit["name"] = f"示例县{unit['short']}社会治安综合治理和平安建设服务中心管理委员会"
        unit["short"] = f"{unit['short']}综治平安服务中心管委会"
    for group in files["units.toml"]["ranking_groups"]:
        group["name"] = f"承担社会治安综合治理任务的{group['name']}"
    for name in [name for name in files if name.startswith("items/")]:
        each = files[name]
        each["aspect"] += "社会治安综合治理和平安建设"
        each["name"] += "党政主要负责人履行推进平安建设第一责任人职责、落实综合治理领导责任制情况"
        for sub in each["sub_points"]:
            sub["text"] = sub["text"] * 20
            for asked in sub["inputs"]:
                asked["label"] = f"辖区内全年{asked['label']}、登记造册并按规定程序办结归档的总数"
        each["requirement"] = "".join(sub["text"] for sub in each["sub_points"])
    for kind in ("bonus", "deductions", "vetoes"):
        for situation in files["adjustments.toml"][kind]:
            situation["text"] *= 20
    files["adjustments.toml"]["deductions"][0]["provided_by"] = [files["units.toml"]["units"][0]["short"]]
    return files


def _items() -> Files:
    yes = {"key": "制度", "label": "建立制度", "kind": "choice", "options": [*YES_NO, "不涉及"]}
    done, due = (
        {"key": key, "label": f"{key}事项", "kind": "whole", "measure": "件", **more}
        for key, more in (("办结", {"not_more_than": "受理"}), ("受理", {}))
    )
    start, end = (
        {"key": key, "label": f"活动{key}", "kind": "date", **more}
        for key, more in (("开始", {}), ("结束", {"not_before": "开始"}))
    )
    late, report, rate = (
        {"key": key, "label": label, "kind": kind, "measure": measure, "given_by": by}
        for key, label, kind, measure, by in (
            ("迟交", "迟交材料", "whole", "次", "office"),
            ("报送", "按季报送", "whole", "次", "register"),
            ("满意率", "群众满意率", "whole", "%", "office"),
        )
    )
    money = {"key": "经费", "label": "人均经费", "kind": "whole", "measure": "元", "maximum": 9_000}
    missed = {"key": "少开", "label": "少开会议", "kind": "whole", "measure": "次"}
    bands = [{"at_least": 90, "points": 4}, {"at_least": 80, "points": 2}]
    return {
        "items/01.toml": item(
            1,
            sub_point(5, {"kind": "yes", "input": "制度"}, inputs=[yes], evidence="制度文本"),
            sub_point(5, {"kind": "rate", "done": ["办结"], "due": ["受理"], "at_least": 95}, inputs=[done, due]),
        ),
        "items/02.toml": item(
            2,
            sub_point(5, {"kind": "deduct", "terms": [{"input": "迟交", "each": 1}]}, inputs=[late]),
            sub_point(5, {"kind": "deduct", "terms": [{"input": "少开", "each": 0.5, "cap": 2}]}, inputs=[missed]),
        ),
        "items/03.toml": item(
            3,
            sub_point(4, {"kind": "tally", "terms": [{"input": "报送", "each": 1}]}, inputs=[report]),
            sub_point(6, {"kind": "months", "start": "开始", "end": "结束", "at_least": 1}, inputs=[start, end]),
        ),
        "items/04.toml": item(
            4,
            sub_point(4, {"kind": "bands", "input": "满意率", "bands": bands}, inputs=[rate]),
            sub_point(
                3, {"kind": "bands", "input": "经费", "bands": [{"at_least": 1000, "points": 3}]}, inputs=[money]
            ),
            sub_point(
                3,
                {"kind": "balance", "plus": [{"input": "次数", "each": 1}]},
                inputs=[_COUNT],
                points_by_group={"乙": 2},
                least=-1,
            ),
        ),
    }


def _adjustments() -> Table:
    levels = [{"name": "县级", "points": 1}, {"name": "市级", "points": 2}]
    degrees = [{"name": "较轻", "points": 1}, {"name": "较重", "points": 3}]
    return {
        "bonus": [
            {"no": 1, "text": "受到表彰的", "label": "表彰", "points": 1, "levels": levels},
            {"no": 2, "text": "经验被推广的", "label": "推广", "points": 2},
        ],
        "deductions": [
            {"no": 1, "text": "被通报的", "label": "通报", "points": 3, "levels": degrees, "provided_by": ["01社区"]},
            {"no": 2, "text": "发生事故的", "label": "事故", "points": 5},
        ],
        "limits": [{"name": "表彰推广合计", "of": ["表彰", "推广"], "at_most": 3}],
        "vetoes": [{"no": 1, "text": "弄虚作假的", "label": "弄虚作假"}],
    }


def _registers() -> list[Table]:
    sent = [
        {"key": "标题", "kind": "text", "width": 40},
        {"key": "报送日期", "kind": "date", "latest": date(2032, 1, 15)},
    ]
    return [
        {
            "name": "季度小结",
            "kept_by": "unit",
            "rows": 6,
            "periods": "quarter",
            "columns": sent,
            "on_time": {"column": "报送日期", "day": 10, "months_after": 1},
            "feeds": [{"sub_point": "3.1", "input": "报送", "on_time": True}],
        },
        {
            "name": "迟交登记",
            "kept_by": "office",
            "columns": [{"key": "材料", "kind": "text"}],
            "feeds": [{"sub_point": "2.1", "input": "迟交"}],
        },
        {
            "name": "满意率调查",
            "kept_by": "office",
            "scope": "unit",
            "columns": [{"key": "满意率", "kind": "whole", "maximum": 100}],
            "feeds": [{"sub_point": "4.1", "input": "满意率", "value": "满意率"}],
        },
    ]


_INDEX: Table = {
    "sheet": "社区指标",
    "title": "社区参考指标",
    "projects": [
        {"factor": "服务", "name": "便民", "indicators": [{"no": 1, "text": "窗口数", "keep": "窗口名录"}]},
    ],
}
_CONTACTS: Table = {
    "sheet": "联络表",
    "title": "社区联络表",
    "columns": ["岗位", "姓名", "手机"],
    "rows": ["书记", "经办人"],
    "sign_off": ["填表人"],
}


def switched(*entries: tuple[str, str, date]) -> Table:
    """Give the table of switches that an office makes: the finding, what is made of it, and the day."""
    told = {"reason": "理由写在台账里。", "by": "县委办"}
    return {"switches": [{"finding": code, "severity": made, "since": day, **told} for code, made, day in entries]}
