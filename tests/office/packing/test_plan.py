"""What is packed where: by item, unit and sub-point, each file once for an item, and what nobody can tell in 待定."""

from __future__ import annotations

import pytest

from fazhi_xl.rounds.evidence import Came
from tests.support.locking import packed
from tests.support.mails import mail
from tests.support.packing import FIRST, PDF, SECOND, PackingDesk

ITEM, UNIT, OTHER = "15_法治宣传教育", "02_人大常委会机关", "04_政协机关"


def rows(desk: PackingDesk) -> list[tuple[int | None, str, str | None, str, str, str]]:
    """Give what the index says of each file: item, sub-point, unit, the file, where it came, and the remark."""
    return [
        (each.item.no if each.item else None, each.sub_point, each.unit, each.file, each.place, ";".join(each.said))
        for each in desk.plan().entries
    ]


def test_listed_files(desk: PackingDesk) -> None:
    """A file that a unit lists goes to its item and unit, with the sub-point in front of its name; those of no list behind them."""
    desk.put(f"{FIRST}/15/总结.pdf", PDF + b"1")
    desk.put(f"{FIRST}/15/15.4通知.pdf", PDF + b"2")
    desk.put(f"{FIRST}/15/别的.pdf", PDF + b"3")
    desk.lists(FIRST, "15.4", f"{FIRST}/15/15.4通知.pdf")
    desk.lists(FIRST, "15.1", f"{FIRST}/15/总结.pdf")
    assert rows(desk) == [
        (15, "15.1", FIRST, f"{ITEM}/{UNIT}/15.1_总结.pdf", f"{FIRST}/15/总结.pdf", ""),
        (15, "15.4", FIRST, f"{ITEM}/{UNIT}/15.4通知.pdf", f"{FIRST}/15/15.4通知.pdf", ""),
        (15, "", FIRST, f"{ITEM}/{UNIT}/别的.pdf", f"{FIRST}/15/别的.pdf", "台账目录没有列出"),
    ]


def test_several_sub_points(desk: PackingDesk) -> None:
    """A file for several sub-points is there once for each item, and listed for each sub-point."""
    desk.put(f"{FIRST}/15/总结.pdf")
    for code in ("15.2", "15.1", "20.1"):
        desk.lists(FIRST, code, f"{FIRST}/15/总结.pdf")
    assert [row[:4] for row in rows(desk)] == [
        (15, "15.1", FIRST, f"{ITEM}/{UNIT}/15.1_总结.pdf"),
        (15, "15.2", FIRST, f"{ITEM}/{UNIT}/15.1_总结.pdf"),
        (20, "20.1", FIRST, f"20_党政主要负责人履行推进法治建设第一责任人职责/{UNIT}/20.1_总结.pdf"),
    ]
    assert len(desk.plan().wanted) == 2


def test_whose_is_not_known(desk: PackingDesk) -> None:
    """What is nobody's, or of a name that several units list, waits in 待定 for somebody who knows."""
    desk.put("15/总结.pdf", PDF + b"1")
    desk.put("15/照片.jpg", PDF + b"2")
    desk.lists(FIRST, "15.1", "15/总结.pdf", came=Came.SHARED)
    shared = f"{FIRST}列了同名的文件,请核实是不是它的"
    assert rows(desk) == [
        (15, "15.1", None, f"待定/{ITEM}/15.1_总结.pdf", "15/总结.pdf", shared),
        (15, "", None, f"待定/{ITEM}/照片.jpg", "15/照片.jpg", "台账目录没有列出;不能确定是哪个单位的"),
    ]
    assert desk.plan().pending == 2


def test_astray(desk: PackingDesk) -> None:
    """A unit's file of which nobody can tell the item waits in 待定."""
    desk.put(f"{FIRST}/99/照片.jpg")
    desk.lists(FIRST, "15.1")
    assert [(row[3], row[5]) for row in rows(desk)] == [(f"待定/{UNIT}/照片.jpg", "不在写明项目序号的文件夹里")]


def test_no_sub_point(desk: PackingDesk) -> None:
    """Where a unit does not say what a file is for, its folder tells the item; where nothing does, it waits in 待定."""
    desk.put(f"{FIRST}/15/总结.pdf")
    desk.put(f"{FIRST}/照片.jpg", PDF + b"2")
    desk.lists(FIRST, "", f"{FIRST}/15/总结.pdf", f"{FIRST}/照片.jpg")
    assert [(row[3], row[5]) for row in rows(desk)] == [
        (f"{ITEM}/{UNIT}/总结.pdf", ""),
        (f"待定/{UNIT}/照片.jpg", "没有说明是哪个得分点的"),
    ]


@pytest.mark.parametrize("again", [PDF + b"2", PDF + b"1"])
def test_sent_again(desk: PackingDesk, again: bytes) -> None:
    """Of what a unit sent twice under one name the later counts, as of returns; the earlier one is listed, and not there."""
    desk.put(f"2020-11-18/{FIRST}/15/总结.pdf", PDF + b"1")
    desk.put(f"2020-11-20/{FIRST}/15/总结.pdf", again)
    told = [(row[3], row[5]) for row in rows(desk)]
    if again == PDF + b"1":
        said = ["台账目录没有列出", "台账目录没有列出;没有可以计分的表;和另一份内容相同,只放了一份"]
        assert told == [
            (f"{ITEM}/{UNIT}/总结.pdf", f"{said[0]};没有可以计分的表"),
            (f"{ITEM}/{UNIT}/总结.pdf", said[1]),
        ]
    else:
        older = "台账目录没有列出;没有可以计分的表;后来又报了同名的一份,这一份没有放进来"
        assert told == [("", older), (f"{ITEM}/{UNIT}/总结.pdf", "台账目录没有列出;没有可以计分的表")]
        assert [each.arrival.path for each in desk.plan().wanted] == [f"2020-11-20/{FIRST}/15/总结.pdf"]


def test_sent_again_for_another_sub_point(desk: PackingDesk) -> None:
    """A later file of a name in another sub-point's folder is another file."""
    for no, code in enumerate(("15.1", "15.2")):
        path = f"2020-11-{18 + no}/{FIRST}/{code}/总结.pdf"
        desk.put(path, PDF + bytes([no]))
        desk.lists(FIRST, code, path)
    assert [(row[3], row[5]) for row in rows(desk)] == [
        (f"{ITEM}/{UNIT}/15.1_总结.pdf", ""),
        (f"{ITEM}/{UNIT}/15.2_总结.pdf", ""),
    ]


def test_same_names_in_one_delivery(desk: PackingDesk) -> None:
    """Files of one name in several folders of one item are several files."""
    for no, folder in enumerate(("会议", "走访")):
        desk.put(f"{FIRST}/15/{folder}/1.jpg", PDF + bytes([no]))
    assert [row[3] for row in rows(desk)] == [f"{ITEM}/{UNIT}/1.jpg", f"{ITEM}/{UNIT}/1(2).jpg"]


def test_mails_and_archives(desk: PackingDesk) -> None:
    """What came in mails and archives goes where it would have gone from a folder; the second of a name keeps its ending."""
    members = packed({f"{FIRST}/15/a.pdf": PDF + b"1"})
    desk.put("包.zip", members)
    desk.put("信.eml", mail({"包.zip": packed({f"{SECOND}/15/a.pdf": PDF + b"2"})}).as_bytes())
    assert [row[3] for row in rows(desk)] == [f"{ITEM}/{UNIT}/a.pdf", f"{ITEM}/{OTHER}/a.pdf"]


def test_no_evidence(desk: PackingDesk) -> None:
    """What lies in no item's folder and is listed by nobody is no evidence."""
    desk.put(f"{FIRST}/盖章件.pdf")
    assert desk.plan().entries == ()


def test_lacking(desk: PackingDesk) -> None:
    """A document that is listed and did not come is named, with what is said of it."""
    desk.lists(FIRST, "15.1", came=Came.MISSING, title="总结")
    (lack,) = desk.plan().lacks
    assert (lack.unit, lack.item and lack.item.no, lack.sub_point, lack.title, lack.said) == (
        FIRST, 15, "15.1", "总结", "没有收到",
    )  # fmt: skip


def test_documents_without_a_files_name(desk: PackingDesk) -> None:
    """A document whose file is not named lacks nothing where files of its item came, and is named where none did."""
    desk.put(f"{FIRST}/15/总结.pdf")
    for code in ("15.1", "20.1"):
        desk.lists(FIRST, code, came=Came.UNNAMED)
    assert [(each.sub_point, each.said) for each in desk.plan().lacks] == [("20.1", "没有填文件名")]
