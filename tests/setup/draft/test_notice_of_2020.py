"""The 2020 notice as a document: everything that its tables and text tell is in the draft, and the rest is marked."""

from __future__ import annotations

from datetime import date
from functools import cache

from fazhi_xl.notice.load import source_problems
from fazhi_xl.setup.draft.draft import draft_of
from fazhi_xl.setup.draft.marks import Draft
from tests.support.campaign import the_notice
from tests.support.draft_difference import difference, items_of, told, units_of
from tests.support.notices import notice_paper


@cache
def drafted() -> Draft:
    return draft_of(notice_paper("2020"), "通知.docx")


def test_everything_is_found() -> None:
    """21 items, 63 sub-points, 45 units."""
    items = items_of(drafted())
    assert (len(items), sum(len(each["sub_points"]) for each in items), len(units_of(drafted()))) == (21, 63, 45)


def test_difference_to_the_catalogue_made_by_hand() -> None:
    """Points and texts are those of the notice; left are groups without a list, and a body that no list names."""
    found = difference(drafted(), the_notice())
    print(told(found))  # noqa: T201 - for whoever runs this with -s
    assert {about: len(lines) for about, lines in found.items()} == {
        "units": 0, "items": 0, "points": 0, "texts": 0, "responsible": 3,
    }  # fmt: skip
    assert found["responsible"] == (
        "区行政执法部门: 没有对应 | 27家:发改局、教育局、科技局",
        "区各行政机关: 没有对应 | 29家:政府办、发改局、教育局",
        "区依法行政办: 没有对应 | 1家:司法局",
    )


def test_the_notice_itself() -> None:
    """Title, number, issuer, days, full marks and caps stand in the text."""
    about = drafted().source.table("notice.toml")
    assert about["title"] == "关于做好2020年度法治建设监测评价工作的通知"
    assert about["number"] == "钟委法办〔2020〕8号"
    assert about["issuer"] == "中共常州市钟楼区委全面依法治区委员会办公室"
    assert (about["year"], about["district"]) == (2020, "钟楼区")
    assert about["dates"] == {
        "issued": date(2020, 10, 29), "period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31),
        "ledger_due": date(2020, 11, 20), "contacts_due": date(2020, 10, 26),
    }  # fmt: skip
    assert about["scoring"] == {"full": 100, "bonus_cap": 10}
    assert "office" not in about
    assert "form_prefix" not in about


def test_nothing_can_be_issued_before_a_person_chose_every_kind() -> None:
    """The ordinary check refuses every rule, since its kind is missing; a suggestion stands beside each."""
    missing = [each for each in source_problems(drafted().source) if each.path.endswith("rule.parts[0].kind")]
    assert len(missing) == 63
    assert {each.message for each in missing} == {"缺少规则种类 kind"}
    suggested = {(each.file, each.path) for each in drafted().suggestions}
    assert suggested == {(each.file, each.path.removesuffix(".kind")) for each in missing}


def test_suggestions_quote_the_notice() -> None:
    said = {f"{each.file[6:8]} {each.path[11]}": each.text for each in drafted().suggestions}
    assert said["15 5"] == "原文“不低于4次”,像是“数量达到几”(至少4)"
    assert said["06 0"] == "原文“率不低于95%”,像是“率达到几”(至少95)"
    assert said["20 6"] == "原文“扣1分”,像是“从分值里往下扣”(每件1分)"
    assert said["01 1"] == "原文没有数量、比率,像是“做到了没有”"


def test_what_is_doubtful_says_why_and_where() -> None:
    """Also what the notice itself has wrong: item 9 says 4 points and its parts add up to 3."""
    marks = {(each.file, each.path): (each.doubt, each.where) for each in drafted().marks}
    assert marks["items/09.toml", "points"] == ("印的是4分,各得分点合计3分,请核对哪个对", "表1第10行")
    assert marks["items/18.toml", "aspect"] == ("表里这一格是空的,按上一项的“法治社会建设”", "表1第19行")
    assert marks["departments.toml", 'departments."区委依法治区办"'] == (
        "不在单位名单里;通知里写有“区委全面依法治区委员会办公室(区司法局)”,按“司法局”", "表1第19行",
    )  # fmt: skip
    assert marks["departments.toml", 'departments."区行政执法部门"'] == (
        "像是一组单位,通知里没有找到这一组的名单,请写明有哪些单位", "表1第4行",
    )  # fmt: skip
    assert marks["notice.toml", "form_prefix"] == ("没有读到,请填写", "")


def test_situations_and_contacts_are_listed_word_for_word() -> None:
    adjustments, contacts = (drafted().source.table(f"{name}.toml") for name in ("adjustments", "contacts"))
    assert [each.get("points") for each in adjustments["bonus"]] == [1, 1]
    assert [each.get("points") for each in adjustments["deductions"]] == [None] * 6
    assert adjustments["deductions"][4]["text"] == "拒不履行人民法院生效裁判或者行政复议决定的"
    assert contacts["columns"] == ["人员", "姓名", "职务", "办公室电话", "手机号码"]
    assert contacts["rows"] == ["分管领导", "联络员"]


def test_what_was_not_taken_is_named() -> None:
    assert drafted().left == ("表2第1行开始的表(“因  素、项  目、指  标”)",)
