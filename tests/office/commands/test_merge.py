"""--merge: one form of two that people of one unit filled in apart, and what they have to settle in front."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.expression import Value
from fazhi_xl.office.commands.invented_replies import replied
from fazhi_xl.office.commands.merge import Merged, merge
from fazhi_xl.office.commands.reissue import reissue
from fazhi_xl.office.outputs.refill import refilled
from fazhi_xl.office.returns.replies import asked_in
from fazhi_xl.reports.corrections import Corrections
from fazhi_xl.reports.merged_front import MergedReply, merged_front
from fazhi_xl.rounds.replies import AskedRow, QuestionCode
from fazhi_xl.xlsx.reader import read
from tests.support.offices import FIRST, SECOND, Office
from tests.support.packages import Package
from tests.support.progress import Silent

COUNT = "15.6.次数.填报"
DAY = "台账.001.日期"


def halves(office: Office, *parts: Mapping[str, Value]) -> list[Path]:
    return [
        office.receive(f"{name}.xlsx", office.filled(FIRST, part)) for name, part in zip("甲乙丙", parts, strict=False)
    ]


def merged(office: Office, *files: Path) -> Merged:
    return merge(office.notice, office.space, files, Silent())


def split(office: Office) -> tuple[dict[str, Value], dict[str, Value]]:
    good = office.good(FIRST)
    keys = sorted(good)
    return {key: good[key] for key in keys[::2]}, {key: good[key] for key in keys[1::2]}


def test_two_halves_are_one_form(office: Office) -> None:
    """Two halves give a form that says all of it, with nothing in front, whatever their order; it is read as any return."""
    one, other = halves(office, *split(office))
    made = merged(office, one, other)
    assert made.path == office.root / "合并" / office.path(FIRST).name
    assert (made.kept, made.asked, made.moved_from) == (len(office.good(FIRST)), (), None)
    data = made.path.read_bytes()
    assert merged(office, other, one).path.read_bytes() == data
    assert next(iter(Package(data).sheets)) == "填报说明"
    answers = office.collect(made.path).files[0].answers
    assert answers is not None
    assert answers.values == office.good(FIRST)


def test_what_they_contradict_each_other_in(office: Office) -> None:
    """A conflict is left blank, and listed on the first sheet with what each file says, and where; another file there is kept."""
    good = office.good(FIRST)
    one, other = (
        office.receive(f"{folder}/任务分解表.xlsx", office.filled(FIRST, {**good, COUNT: no, DAY: date(2020, 3, no)}))
        for folder, no in (("甲", 5), ("乙", 6))
    )
    there = office.root / "合并" / office.path(FIRST).name
    there.parent.mkdir()
    there.write_bytes(b"x")
    made = merged(office, other, one)
    assert (made.path, made.moved_from) == (there.with_stem(f"{there.stem}(2)"), there)
    assert there.read_bytes() == b"x"
    cell = office.forms[FIRST].shape.places[COUNT].cell
    asked, dated = made.asked
    assert (asked.sheet, asked.field) == ("任务分解表", COUNT)
    assert asked.said == f"乙/任务分解表.xlsx(任务分解表 {cell}):6;甲/任务分解表.xlsx(任务分解表 {cell}):5"
    assert [part.rpartition(":")[2] for part in dated.said.split(";")] == ["2020-03-06", "2020-03-05"]
    book = Package(made.path)
    assert next(iter(book.sheets)) == "需修改事项"
    assert asked.said in {each.text for each in book.sheets["需修改事项"].cells.values()}
    assert book.sheets["任务分解表"].cells[cell].text in {None, ""}
    assert made.path.read_bytes() == merged(office, one, other).path.read_bytes()


def test_files_that_cannot_be_put_together(office: Office) -> None:
    """Another unit's form, one file twice, a damaged file and one that is not there are refused, each by name; nothing is written."""
    one, other = halves(office, *split(office))
    foreign = office.receive("丁.xlsx", office.filled(SECOND))
    damaged = office.receive("坏.xlsx", one.read_bytes()[:3000])
    copied = office.receive("甲 - 副本.xlsx", one.read_bytes())
    blank = office.receive("空.xlsx", office.issued(FIRST))
    namesake = office.receive("丙/甲.xlsx", foreign.read_bytes())
    for files, said in {
        (one, foreign): "不是同一个单位的表,不能合并:丁.xlsx是政协机关的、甲.xlsx是人大常委会机关的。",
        (one, namesake): "不能合并:丙/甲.xlsx是政协机关的、[^、]*/甲.xlsx是人大常委会机关的。",
        (one, one): "甲.xlsx写了两次,写的是同一份",
        (one, other, other): "乙.xlsx写了两次",
        (one, other, copied): "甲.xlsx和甲 - 副本.xlsx内容完全相同,是同一份",
        (one, blank): "空.xlsx没有填写",
        (one, damaged): "坏.xlsx:",
        (other, office.root / "没有.xlsx"): "没有.xlsx",
    }.items():
        with pytest.raises(WrongUseError, match=said):
            merged(office, *files)
    assert not (office.root / "合并").exists()


def test_what_cannot_be_read_and_what_has_no_room(office: Office) -> None:
    """What a copy has and nobody can read is blank and listed; entries that have no row are listed, and push nothing out."""
    cell = office.forms[FIRST].shape.places[COUNT].cell
    one, other = (
        {**{f"加分.{no:02d}.事项": f"{tag}{no}" for no in range(1, 9)}, COUNT: value}
        for tag, value in (("甲", 13), ("乙", "约30"))
    )
    made = merged(office, *halves(office, one, other))
    vague, *left = made.asked
    assert (vague.field, vague.said) == (COUNT, f"乙.xlsx(任务分解表 {cell}):约30;甲.xlsx(任务分解表 {cell}):13")
    entered = [each.text for each in Package(made.path).sheets["加分申报"].cells.values()]
    said = [*entered, *(each.said.rpartition(":")[2] for each in left)]
    matters = sorted(each for each in said if each and each[:1] in "甲乙" and each[1:].isdigit())
    assert matters == sorted(f"{tag}{no}" for tag in "甲乙" for no in range(1, 9))
    assert made.kept == len(one) + len(other) - 2 - len(left)
    assert {(each.sheet, each.field, each.said.partition("(")[0]) for each in left} == {("加分申报", "", "甲.xlsx")}


def test_a_form_of_an_earlier_edition(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form of an earlier edition is refused, with what to do first."""
    one, other = halves(office, *split(office))
    monkeypatch.setattr("fazhi_xl.office.commands.merge.older_edition", lambda _: True)
    with pytest.raises(WrongUseError, match="不是现行这一版的表,不能合并。请先用 --from 补发"):
        merged(office, one, other)


ONE, TWO, THREE = (f"01/核实:evidence-other-year:台账.15.{no}.日期:0000000{no}" for no in (1, 2, 3))


def fronted(office: Office, part: Mapping[str, Value], replies: Mapping[str, str]) -> bytes:
    """Fill in a form as the office sent it back, with questions in front, and replies to some of them."""
    form, asked = office.forms[FIRST], []
    for code in replies:
        question = QuestionCode.of(code)
        assert question
        said = {"问题和怎样改": f"{question.about}请核实。", "所在编号(点击前往)": question.about, "填的是": "“5”"}
        asked.append(MergedReply(asked=AskedRow(question=question, said=said), text=""))
    front = merged_front(office.notice, form, ["甲"], (), asked)
    pack = refilled(office.notice, form, part, Corrections(front=front, footer="", marks=(), author="办公室"))
    return replied(pack, list(replies.values()))


def test_replies(office: Office) -> None:
    """Questions in front of the copies stand in front of the new form, with replies that one gave or all gave alike; others are listed.

    So they do in front of a form that is issued again for one of them.
    """
    one, other = split(office)
    files = [
        office.receive("甲.xlsx", fronted(office, one, {ONE: "无误", TWO: "", THREE: "属实"})),
        office.receive("乙.xlsx", fronted(office, other, {ONE: "去年有专项行动", TWO: "已改", THREE: "无误"})),
    ]
    made = merged(office, *files)
    (asked,) = made.asked
    assert (asked.sheet, asked.field) == ("需修改事项", "")
    assert re.sub(r"G\d+|F\d+", "格", asked.said) == "乙.xlsx(需修改事项 格):去年有专项行动;甲.xlsx(需修改事项 格):无误"
    assert (made.replies, made.kept) == (2, len(office.good(FIRST)))
    rows = asked_in(cell for cell in read(made.path.read_bytes()).cells if cell.sheet == "需修改事项")
    assert [(each.question.text, each.reply.text if each.reply else "") for each in rows] == [
        (ONE, ""), (TWO, "已改"), (THREE, "属实"),
    ]  # fmt: skip
    assert rows[1].said["填的是"] == "“5”"
    assert rows[1].said["问题和怎样改"] == "台账.15.2.日期请核实。"
    fresh = reissue(office.notice, office.space, files[0], Silent())
    assert (fresh.kept, fresh.replies) == (len(one), 2)
    rows = asked_in(read(fresh.path.read_bytes()).cells)
    assert [each.reply.text if each.reply else "" for each in rows] == ["无误", "", "属实"]
    assert made.path.read_bytes() == merged(office, *files[::-1]).path.read_bytes()
