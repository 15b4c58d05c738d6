"""A round that was collected is packed: what its forms ask for, its list of evidence, and its folders go together."""

from __future__ import annotations

import pytest

from fazhi_xl.cli import pack as command
from fazhi_xl.cli.console import DONE
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder
from fazhi_xl.office.returns.sources import Sources
from tests.support.locking import OPENS_WITH, locked_by_aes
from tests.support.offices import FIRST, FOURTH, NOW, SECOND, THIRD, Office
from tests.support.packages import Package
from tests.support.progress import Heard

pytestmark = pytest.mark.long
PDF = b"%PDF-1.4 "


def lists(office: Office, unit: str, **names: str | None) -> bytes:
    """Fill in a form whose ledger names these files in its first rows, and no others."""
    good = {key: value for key, value in office.good(unit).items() if not key.endswith(".文件名")}
    return office.filled(unit, {**good, **{f"台账.{row[1:]}.文件名": name for row, name in names.items()}})


def pack(office: Office, patch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """Run the command over the office's notice; gives its status and what it says of packing."""

    def issued(*_: object) -> Notice:
        return office.notice

    patch.setattr(command, "issued_campaign", issued)
    said = Heard()
    order = CollectOrder(sources=Sources(passwords=(OPENS_WITH,)))
    status = command.pack_round(office.space, None, order, said, now=NOW)  # type: ignore[arg-type]
    return status, said.lines


def test_round(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four units one lists what it sent, one sent a locked archive and no form, one a form alone, and one nothing: each is told."""
    office.receive(f"{FIRST}/表.xlsx", lists(office, FIRST, _001="15/总结.pdf", _002="请示.pdf"))
    office.receive(f"{FIRST}/15/总结.pdf", PDF + b"1")
    office.receive(f"{FIRST}/15/照片.pdf", PDF + b"2")
    office.receive("2020-11-17/包.zip", locked_by_aes({f"{SECOND}/15/a.pdf": PDF + bytes(99_999)}))
    office.receive("2020-11-17/检察院.xlsx", lists(office, THIRD))
    status, said = pack(office, monkeypatch)
    assert status == DONE
    assert said[-1].startswith("上报材料3份(97.7 KB),这次复制3份:")
    assert said[-2].startswith("没有文件的")
    assert f"其中一份材料也没有的单位2个:{THIRD}、{FOURTH}。" in said[-2]
    folder = office.space.packed
    assert {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("*/*/*")} == {
        "15_法治宣传教育/02_人大常委会机关/15.1_总结.pdf": PDF + b"1",
        "15_法治宣传教育/02_人大常委会机关/照片.pdf": PDF + b"2",
        "15_法治宣传教育/04_政协机关/a.pdf": PDF + bytes(99_999),
    }
    lacking = Package(folder / "目录.xlsx").sheets["没有材料的"].cells
    last = max(int(place[1:]) for place in lacking if place.startswith("H"))
    rows = [tuple(lacking[f"{column}{row}"].text for column in "BCEGH") for row in range(4, last + 1)]
    assert (THIRD, "—", "—", "—", "一份材料也没有") in rows
    assert (FIRST, "15", "15.2", "请示.pdf", "没有收到") in rows
    assert (SECOND, "20", "—", "—", "这一项一份材料也没有") in rows
    assert (FOURTH, "—", "—", "—", "一份材料也没有(没有可以计分的表)") in rows
    assert pack(office, monkeypatch)[1][-1].startswith("上报材料3份(97.7 KB),都已在,没有重新复制:")
