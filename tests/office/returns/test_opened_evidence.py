"""What is found when evidence is opened is told with the row that names the file, else with the file; many of a kind together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.bounded.patience import StoppedError
from fazhi_xl.evidence import inspect
from fazhi_xl.form.expression import Value
from tests.office.returns.test_evidence import PDF, without_files, zipped
from tests.support.evidence import NUMBER, locked_pdf, ofd, opened_here, pdf, picture
from tests.support.offices import FIRST, SECOND, Office

BLANK = pdf(["q Q"])
FORM = f"{FIRST}/表.xlsx"


def form(office: Office, unit: str = FIRST, **rows: tuple[str, int | None]) -> bytes:
    """Fill in a form whose ledger names a file and its pages in these rows."""
    listed: dict[str, Value] = {f"台账.{row[1:]}.文件名": name for row, (name, _) in rows.items()}
    pages: dict[str, Value] = {f"台账.{row[1:]}.页数": count for row, (_, count) in rows.items() if count}
    return office.filled(unit, {**without_files(office, unit), **listed, **pages})


def told(office: Office, path: str = FORM) -> list[tuple[str, str | None, str | None]]:
    """Give what is told of a return's evidence, but for folders that nothing came in."""
    found = office.file(path)["findings"]
    own = [each for each in found if each["code"].startswith("evidence-") and each["code"] != "evidence-folder-empty"]
    return [(each["code"].removeprefix("evidence-"), each["field"], each["value"]) for each in own]


def test_each_fault(office: Office) -> None:
    """Each fault of a file is told at the row that lists it, where one does, and pages that differ at the cell with their number."""
    rows: dict[str, tuple[str, int | None]] = {"_001": ("甲.pdf", 3), "_002": ("乙.pdf", None), "_003": ("丙.jpg", 1)}
    office.receive(FORM, form(office, FIRST, **rows))
    files = {
        "甲.pdf": pdf(["0 0 9 9 re f"] * 2),
        "乙.pdf": locked_pdf("x"),
        "丙.jpg": picture((320, 240)),
        "丁.pdf": BLANK,
        "戊.ofd": ofd()[:-40],
        "己.pdf": pdf([f"BT /F1 9 Tf 9 9 Td ({NUMBER}) Tj ET"]),
        f"庚{NUMBER}.jpg": picture((700, 700)),
    }
    for name, data in files.items():
        office.receive(f"{FIRST}/15/{name}", data)
    office.collect()

    assert told(office) == [
        ("locked", "台账.002.文件名", f"{FIRST}/15/乙.pdf"),
        ("damaged", None, f"{FIRST}/15/戊.ofd"),
        ("blank", None, f"{FIRST}/15/丁.pdf"),
        ("small", "台账.003.文件名", f"{FIRST}/15/丙.jpg(320×240)"),
        ("number", None, f"{FIRST}/15/己.pdf"),
        ("number", None, f"{FIRST}/15/庚1101************2X.jpg"),
        ("pages", "台账.001.页数", "甲.pdf:填3页,数出2页"),
        ("unlisted", None, f"{FIRST}/15/丁.pdf、{FIRST}/15/己.pdf、{FIRST}/15/庚1101************2X.jpg等4处"),
    ]
    assert NUMBER not in (office.space.results / "report.json").read_text("utf-8")


def test_workbooks_that_cannot_be_read(office: Office) -> None:
    """A listed file that is hurt or empty has come: that is told once, at its row; one that nobody lists may be a form."""
    files = {"断.xlsx": zipped({"a.xml": PDF})[:-40], "无.mp4": b"", "无.xls": b"", "乱.xls": bytes(range(1, 250))}
    office.receive(FORM, form(office, _001=("断.xlsx、无.mp4", None), _002=("无.xls", None), _003=("乱", None)))
    for name, data in {**files, "未列.xlsx": b""}.items():
        office.receive(f"{FIRST}/15/{name}", data)
    office.collect()

    assert told(office) == [
        ("damaged", "台账.003.文件名", f"{FIRST}/15/乱.xls"),
        ("damaged", "台账.001.文件名", f"{FIRST}/15/断.xlsx"),
        ("blank", "台账.001.文件名", f"{FIRST}/15/无.mp4"),
        ("blank", "台账.002.文件名", f"{FIRST}/15/无.xls"),
    ]
    assert [path for path, status in office.statuses().items() if status == "rejected"] == [f"{FIRST}/15/未列.xlsx"]


def test_pages_of_a_row(office: Office) -> None:
    """A row's pages are those of all its files, each once."""
    office.receive(FORM, form(office, _001=("甲.pdf;乙.jpg;乙.jpg", 3), _002=("甲.pdf、丙.pdf", 2)))
    files = {"甲.pdf": pdf(["0 0 1 1 re f"] * 2), "乙.jpg": picture((700, 700)), "丙.pdf": pdf(["0 0 1 1 re f"])}
    for name, data in files.items():
        office.receive(f"{FIRST}/15/{name}", data)
    office.collect()

    assert told(office) == [("pages", "台账.002.页数", "甲.pdf、丙.pdf:填2页,数出3页")]


@pytest.mark.parametrize("kind", ["locked", "damaged"])
def test_what_an_archive_does_not_give(office: Office, kind: str) -> None:
    """A file that cannot be had out of its archive is told as locked or damaged, at its row, whether or not it is the only one."""
    packed = zipped({"15/甲.pdf": PDF})
    wrong = packed.replace(PDF, PDF[:-1] + b"?") if kind == "damaged" else with_a_password(packed)
    office.receive(FORM, form(office, _001=("甲.pdf", None)))
    office.receive(f"{FIRST}/台账.zip", wrong)
    office.collect()

    assert told(office) == [(kind, "台账.001.文件名", f"{FIRST}/台账.zip/15/甲.pdf")]


def with_a_password(packed: bytes) -> bytes:
    """Say of the one file of an archive that it has a password."""
    data, directory = bytearray(packed), packed.index(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    return bytes(data)


def test_many_of_a_kind(office: Office) -> None:
    """More than three of a kind are one finding, with the first three and how many there are."""
    office.receive(FORM, form(office, _001=("a3.pdf", None)))
    office.receive(f"{FIRST}/台账.zip", zipped({f"15/a{no}.pdf": BLANK + b"%%%d" % no for no in range(1, 6)}))
    office.collect()

    some = "、".join(f"{FIRST}/台账.zip/15/a{no}.pdf" for no in (1, 2, 3))
    assert told(office)[:1] == [("blank", "台账.001.文件名", f"{some}等5处")]


def test_folders(office: Office) -> None:
    """Told are a folder of an item that the unit does not have, folders with nothing in them or only litter, and files in two folders."""
    office.receive(FORM, form(office))
    fields = office.forms[FIRST].shape.fields.values()
    asked = {field.sub_point.partition(".")[0] for field in fields if field.sub_point}
    strange = next(str(item.no) for item in office.notice.items if str(item.no) not in asked)
    same, other = pdf(["0 0 1 1 re f"]), pdf(["0 0 2 2 re f"])
    own = sorted(asked, key=int)[:2]
    for path, data in {
        f"{strange}/甲.pdf": other,
        f"{own[0]}/乙.pdf": same,
        f"{own[1]}/丙.pdf": same,
        f"{own[0]}/丁.pdf": same,
        f"{own[0]}/{own[0]}.1/Thumbs.db": b"x",
    }.items():
        office.receive(f"{FIRST}/{path}", data)
    (office.space.returns / FIRST / own[1] / f"{own[1]}.1").mkdir()
    office.collect()

    assert told(office) == [
        ("item-strange", None, f"{FIRST}/{strange}/甲.pdf"),
        ("folder-hollow", None, f"{FIRST}/{own[1]}/{own[1]}.1、{FIRST}/{own[0]}/{own[0]}.1"),
        ("twice", None, f"{FIRST}/{own[0]}/丁.pdf和{FIRST}/{own[0]}/乙.pdf和{FIRST}/{own[1]}/丙.pdf"),
    ]


def test_an_empty_folder_is_told_once(office: Office) -> None:
    """What did not come for an item is told once: with the name that is listed, else with the item, else with its empty folder."""
    office.receive(FORM, form(office, _001=("甲.pdf", None)))
    office.receive(f"{FIRST}/6/乙.pdf", PDF)
    for folder in ("15", "20"):
        office.receive(f"{FIRST}/{folder}/Thumbs.db", b"x")
    office.collect()

    codes = [each["code"] for each in office.file(FORM)["findings"]]
    assert [code for code in codes if "not-there" in code or "folder" in code] == [
        "evidence-not-there",
        "evidence-folder-empty",
    ]


def test_the_same_of_two_units(office: Office) -> None:
    """What two units sent alike is asked of the office once, with both places; blank files are no such thing."""
    office.receive(FORM, form(office))
    office.receive(f"{SECOND}/表.xlsx", form(office, SECOND))
    for unit in (FIRST, SECOND):
        office.receive(f"{unit}/15/共.pdf", pdf())
        office.receive(f"{unit}/15/空.pdf", BLANK)
    office.collect()

    shared = [each for each in told(office) if each[0] == "shared"]
    assert shared == [("shared", None, f"{FIRST}的{FIRST}/15/共.pdf、{SECOND}的{SECOND}/15/共.pdf")]
    assert not [each for each in told(office, f"{SECOND}/表.xlsx") if each[0] == "shared"]


def opened_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect, and give the sizes of the files that were opened for it."""
    sizes: list[int] = []

    def counted(module: str, data: dict[str, Any], content: bytes, *_: object, **__: object) -> object:
        sizes.append(Path(data["path"]).stat().st_size if data else len(content))
        return opened_here(module, data, content)

    monkeypatch.setattr(inspect, "patiently", counted)
    office.collect()
    return sizes


def test_opened_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is opened once, however often it came, and not again until another comes; the list says what was found."""
    office.receive(FORM, form(office, _001=("甲.pdf", 1)))
    office.receive(f"{FIRST}/15/甲.pdf", pdf())
    office.receive(f"{FIRST}/台账.zip", zipped({"15/又.pdf": pdf(), "15/空.pdf": BLANK}))

    assert sorted(opened_in(office, monkeypatch)) == sorted([len(pdf()), len(BLANK)])
    first = told(office)
    office.receive(f"{FIRST}/15/图.jpg", picture())
    assert opened_in(office, monkeypatch) == [len(picture())]
    assert told(office)[: len(first)] == first[:-1] + told(office)[len(first) - 1 : len(first)]


def test_a_file_that_stops_the_process(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be opened within the limits is the office's to look at, and is tried again the next time."""

    def stopped(*_: object, **__: object) -> None:
        raise StoppedError("")

    office.receive(FORM, form(office, _001=("甲.pdf", 1)))
    office.receive(f"{FIRST}/15/甲.pdf", pdf())
    monkeypatch.setattr(inspect, "patiently", stopped)
    office.collect()

    assert told(office) == [("stopped", "台账.001.文件名", f"{FIRST}/15/甲.pdf")]
    assert opened_in(office, monkeypatch) == [len(pdf())]
    assert told(office) == []


@pytest.mark.parametrize("folders", [("15",), ("15", "20")])
def test_one_document_for_two_items(office: Office, folders: tuple[str, ...]) -> None:
    """A file that the rows of two items list may lie in the folder of one of them, or of both."""
    office.receive(FORM, form(office, _001=("甲.pdf", None), _005=("甲.pdf", None)))
    for folder in folders:
        office.receive(f"{FIRST}/{folder}/甲.pdf", PDF)
    office.collect()
    assert told(office) == []


def test_sent_again_as_a_whole(office: Office) -> None:
    """What nobody lists and was sent twice is one file."""
    office.receive(f"2020-11-18/{FORM}", form(office, _001=("甲.pdf", None)))
    for day in (18, 19):
        office.receive(f"2020-11-{day}/{FIRST}/15/乙.pdf", PDF)
    office.collect()
    (found,) = [each for each in told(office, f"2020-11-18/{FORM}") if each[0] == "unlisted"]
    assert found == ("unlisted", None, f"2020-11-18/{FIRST}/15/乙.pdf")
