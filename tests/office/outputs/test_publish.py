"""结果/反馈单 and 结果/通报: always those of the last run, with no file changed that says nothing new."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copy

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.outputs.publish import publishing
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.scoring.model import Basis
from tests.support.documents import paragraphs
from tests.support.offices import FIRST, FOURTH, NOW, SECOND, THIRD, Office
from tests.support.packages import Package
from tests.support.progress import Silent

pytestmark = pytest.mark.long

LATER = NOW + timedelta(days=3)
SHEETS = {
    FIRST: "02_人大常委会机关_反馈单.xlsx",
    SECOND: "04_政协机关_反馈单.xlsx",
    THIRD: "07_检察院_反馈单.xlsx",
    FOURTH: "32_信访局_反馈单.xlsx",
}


def feedback(office: Office) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (office.space.results / "反馈单").glob("*.xlsx")}


def receipts(office: Office) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (office.space.results / "回执").glob("*.xlsx")}


def everything(office: Office) -> dict[str, tuple[bytes, int]]:
    """Give every file of the results with its bytes and its time."""
    files = (path for path in office.space.results.rglob("*") if path.is_file())
    return {path.relative_to(office.root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_who_gets_a_sheet(collected: Office) -> None:
    """Each unit that has a score gets its sheet, under its number in Annex 1; one that returned nothing gets none."""
    assert feedback(collected).keys() == {SHEETS[FIRST], SHEETS[SECOND]}
    assert {path.name for path in (collected.space.results / "通报").iterdir()} == {
        "通报版.xlsx",
        "通报稿.docx",
        "清单.json",
    }


def test_nothing_new_changes_no_file(collected: Office) -> None:
    """A run collected days later with nothing new writes no file."""
    before = everything(collected)
    collected.collect(now=LATER)
    assert everything(collected) == before


def test_only_what_changed_is_written(collected: Office) -> None:
    """A third return changes the draft and the grades, and neither the day nor a byte on the sheets of the others."""
    before = feedback(collected)
    collected.receive("检察院.xlsx", collected.filled(THIRD))
    collected.collect(now=LATER)
    after = feedback(collected)
    assert after.keys() == {*before, SHEETS[THIRD]}
    assert {name: after[name] for name in before} == before
    said = paragraphs((collected.space.results / "通报" / "通报稿.docx").read_bytes())
    assert "（一）报送情况。应报4家，已报3家，报送率75.00%。报送的都按时。未报送1家。" in said


def test_a_changed_return_changes_its_sheet(collected: Office) -> None:
    """A unit that lowers a score gets a new sheet, and with it the new day."""
    lower = {**collected.good(FIRST), "15.4.自评": 1, "15.4.说明": "尚未完成"}
    collected.receive("更正.xlsx", collected.filled(FIRST, lower), LATER.date())
    before = feedback(collected)
    collected.collect(now=LATER)
    after = feedback(collected)
    assert [name for name in after if after[name] != before[name]] == [SHEETS[FIRST]]
    assert "2020年11月24日" in "".join(Package(collected.space.results / "反馈单" / SHEETS[FIRST]).strings)


def test_a_return_that_no_longer_counts(collected: Office) -> None:
    """Where a unit's return is taken out, its sheet goes; where all are, the folder does. The bulletin stays and says so."""
    (collected.space.returns / f"{FIRST}.xlsx").unlink()
    collected.collect()
    assert feedback(collected).keys() == {SHEETS[SECOND]}
    (collected.space.returns / f"{SECOND}.xlsx").unlink()
    collected.collect()
    assert not (collected.space.results / "反馈单").exists()
    assert "应报4家，已报0家" in "".join(paragraphs((collected.space.results / "通报" / "通报稿.docx").read_bytes()))


def test_what_the_office_wrote_stays(collected: Office) -> None:
    """A draft that the office has edited stays while it is still right; a sheet that it edited is not taken away with its unit."""
    draft = collected.space.results / "通报" / "通报稿.docx"
    sheet = collected.space.results / "反馈单" / SHEETS[FIRST]
    draft.write_bytes(b"edited")
    sheet.write_bytes(b"edited")
    collected.collect(now=LATER)
    assert (draft.read_bytes(), sheet.read_bytes()) == (b"edited", b"edited")
    (collected.space.returns / f"{FIRST}.xlsx").unlink()
    collected.collect()
    assert draft.read_bytes() != b"edited"
    assert sheet.read_bytes() == b"edited"


@pytest.mark.parametrize(
    "record", [b"", b"{", b"[]", b'{"../x": {"content": "", "day": "2020-11-21", "sha256": ["a"]}}', None]
)
def test_a_lost_record(collected: Office, record: bytes | None) -> None:
    """Of a lost or damaged record nothing is believed: no file is taken away, and the right ones are written."""
    folder = collected.space.results / "反馈单"
    (folder / "清单.json").unlink() if record is None else (folder / "清单.json").write_bytes(record)
    before = feedback(collected)
    collected.collect()
    assert feedback(collected) == before


def test_one_that_is_open_stops_no_other(collected: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Excel or Word has open is named, one line each; the others are written, and the next run writes those."""
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name in {SHEETS[FIRST], "通报版.xlsx"}:
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    lower = {**collected.good(FIRST), "15.4.自评": 1, "15.4.说明": "尚未完成"}
    collected.receive("更正.xlsx", collected.filled(FIRST, lower), LATER.date())
    collected.receive("检察院.xlsx", collected.filled(THIRD))
    before = feedback(collected)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(WrongUseError) as caught:
            collected.collect()
    assert [line.partition("。")[0] for line in str(caught.value).splitlines()] == [
        f"不能写入 {collected.space.results / '反馈单' / SHEETS[FIRST]}",
        f"不能写入 {collected.space.results / '通报' / '通报版.xlsx'}",
        "原件已存档,其余结果已经写好",
    ]
    assert feedback(collected)[SHEETS[FIRST]] == before[SHEETS[FIRST]]
    assert SHEETS[THIRD] in feedback(collected)
    collected.collect()
    assert feedback(collected)[SHEETS[FIRST]] != before[SHEETS[FIRST]]


def beside(office: Office, root: Path) -> Office:
    """Give the same round in another folder, where nothing is written yet."""
    root.mkdir()
    copy(office.space.key_file, root)
    return Office(office.notice, root)


def test_the_same_round_gives_the_same_bytes(collected: Office, tmp_path: Path) -> None:
    """Written anew elsewhere, every file has the same bytes."""
    done = collected.collect()
    other = beside(collected, tmp_path / "other")
    for step in publishing(other.space, done):
        step()
    for name in ("反馈单", "通报"):
        first, second = (
            {path.name: path.read_bytes() for path in (each.space.results / name).iterdir()}
            for each in (collected, other)
        )
        assert first == second


def test_reviewed_whole(collected: Office) -> None:
    """Once all is reviewed every file says that it is official, and none that it may not go out; receipts stay as they were."""
    order = CollectOrder(review=ReviewOrders(accept=Acceptance(units=("全部",), reviewer="王五")))
    before, given = feedback(collected), receipts(collected)
    done = collect(collected.notice, collected.space, order, Silent(), now=NOW)
    assert done.basis is Basis.REVIEWED
    assert receipts(collected) == given
    assert len(given) == 2
    for book in (path for name in ("反馈单", "通报") for path in (collected.space.results / name).glob("*.xlsx")):
        said = "".join(Package(book).strings)
        assert "正式排名(按核定" in said
        assert "不得印发" not in said
        assert "预排名" not in said
    assert not before.items() & feedback(collected).items()
    lines = paragraphs((collected.space.results / "通报" / "通报稿.docx").read_bytes())
    assert lines[1] == "（正式排名（按核定，含未报送2家）；送审稿）"
    assert "（四）加分减分情况。没有单位申报加分；没有减分。" in lines


def test_a_rehearsals_mark(collected: Office, tmp_path: Path) -> None:
    """Everything that a rehearsal gives out bears its mark."""
    other = beside(collected, tmp_path / "other")
    for step in publishing(other.space, replace(collected.collect(), mark=REHEARSAL_MARK)):
        step()
    for book in other.space.results.rglob("*.xlsx"):
        assert any(text.startswith(REHEARSAL_MARK) for text in Package(book).strings), book
    assert paragraphs((other.space.results / "通报" / "通报稿.docx").read_bytes())[0].startswith(REHEARSAL_MARK)
