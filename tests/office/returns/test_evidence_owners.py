"""Whose evidence is, where nothing but the name that one unit lists could tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Code, finding
from fazhi_xl.form.model import Shape
from fazhi_xl.intake.arrival import hollow_in
from fazhi_xl.office.returns.checks.evidence import nearest
from fazhi_xl.office.returns.evidence_owners import evidence_of
from fazhi_xl.office.returns.item_folders import item_folders, without_evidence
from fazhi_xl.office.returns.stages import ClosedFile, refused
from fazhi_xl.rounds.status import Status
from tests.support.arrivals import arrived
from tests.support.campaign import the_notice
from tests.support.offices import FIRST, SECOND

PLACES = item_folders(the_notice())


def form_of(unit: str, path: str, *names: str) -> ClosedFile:
    """Give a unit's form that lists files."""
    values = {f"台账.{no:03d}.文件名": name for no, name in enumerate(names, 1)}
    answers = Answers(shape=Shape(name="空", sub_points=(), sheets=()), values=values, findings=())
    return ClosedFile(arrival=arrived(path), status=Status.ACCEPTED, findings=(), unit=unit, answers=answers)


def closed(files: list[ClosedFile]) -> list[ClosedFile]:
    return [each for each in without_evidence(files, PLACES) if isinstance(each, ClosedFile)]


def test_notes_of_a_mac() -> None:
    """What a Mac notes beside a folder makes no empty folder; a folder with nothing but a system's file in it is empty."""
    litter = [replace(arrived(f"{FIRST}.zip/{path}"), litter=True) for path in ("__MACOSX/15/._a.pdf", "20/.DS_Store")]
    ignored = [ClosedFile(arrival=each, status=Status.IGNORED, findings=()) for each in litter]
    hollow = [replace(arrived(hollow_in(f"{FIRST}.zip/__MACOSX/21")), hollow=True)]
    assert [each.path for each in evidence_of(ignored, PLACES, hollow).hollow] == [f"{FIRST}.zip/20"]


def astray(*paths: str) -> list[str]:
    """Give the files of a unit whose folder names no item, beside its form, of the scans at these paths."""
    form = form_of(FIRST, f"{FIRST}/表.xlsx")
    scans = [refused(arrived(each), finding(Code.FILE_NOT_A_WORKBOOK, kind="PDF")) for each in paths]
    found = evidence_of([*closed(scans), form], PLACES)
    return [each.path for each in found.files if each.astray and found.known(each.path)]


def test_astray() -> None:
    """A unit's file in no item's folder is astray, but for a copy of its form; what is nobody's is not."""
    lost = [f"{FIRST}/散放.pdf", f"{FIRST}/99/a.pdf", f"{FIRST}/一、组织领导/a.pdf"]
    others = [f"{FIRST}/15/a.pdf", f"{FIRST}/第十五项/a.pdf", f"{FIRST}/15-2/a.pdf", f"{FIRST}/表.pdf"]
    assert astray(*lost, *others, f"{FIRST}/盖章件1.jpg", "2020-11-18/a.pdf") == lost


def owners(*came: ClosedFile | str) -> dict[str, str | None]:
    """Give whose each file of evidence is; a path alone is a scan."""
    files = [
        refused(arrived(each), finding(Code.FILE_NOT_A_WORKBOOK, kind="PDF")) if isinstance(each, str) else each
        for each in came
    ]
    found = evidence_of(closed(files), PLACES).files
    return {each.path: each.unit for each in found}


@pytest.mark.parametrize("place", ["", "2020-11-18/", "20201118/", "2020-11-18/第二批/"])
def test_a_name_that_one_unit_lists(place: str) -> None:
    """What lies in folders of days alone is the unit's that alone lists its name."""
    form = form_of(FIRST, f"{place}甲.xlsx", "总结.pdf")
    other = form_of(SECOND, f"{place}乙.xlsx", "别的.pdf")
    assert owners(form, other, f"{place}15/总结.pdf") == {f"{place}15/总结.pdf": FIRST}


@pytest.mark.parametrize("place", ["材料一", "区某协会", "2020-11-19/材料一", "材料.zip"])
def test_a_folder_of_whoever(place: str) -> None:
    """What lies in a folder that names nobody known may be anybody's: its name makes it no unit's."""
    form = form_of(FIRST, f"2020-11-18/{FIRST}/表.xlsx", "总结.pdf")
    assert owners(form, f"{place}/15/总结.pdf") == {f"{place}/15/总结.pdf": None}


def test_what_the_unit_sent_itself() -> None:
    """A file of another place is not a unit's by its name where the unit sent one of the name itself."""
    own, other = f"2020-11-18/{FIRST}/15/总结.pdf", "2020-11-19/15/总结.pdf"
    form = form_of(FIRST, f"2020-11-18/{FIRST}/表.xlsx", "总结.pdf")
    assert owners(form, own, other) == {own: FIRST, other: None}


def test_two_places() -> None:
    """Of one name in two places nobody knows which is the unit's."""
    paths = ("2020-11-18/15/总结.pdf", "2020-11-19/15/总结.pdf")
    assert owners(form_of(FIRST, f"{FIRST}/表.xlsx", "总结.pdf"), *paths) == dict.fromkeys(paths)


@pytest.mark.parametrize("unit", [SECOND, None])
def test_beside_another_form(unit: str | None) -> None:
    """Beside the form of another unit alone, or one that nobody can read, a name tells nothing."""
    listing = form_of(FIRST, f"2020-11-18/{FIRST}/表.xlsx", "总结.pdf")
    beside = (
        form_of(unit, "2020-11-19/表.xlsx")
        if unit
        else refused(arrived("2020-11-19/表.xlsx"), finding(Code.FILE_EMPTY))
    )
    assert owners(listing, beside, "2020-11-19/15/总结.pdf") == {"2020-11-19/15/总结.pdf": None}


@pytest.mark.parametrize(
    ("path", "packages", "codes"),
    [
        (f"{FIRST}/15.zip/a.pdf", (f"{FIRST}/15.zip",), ("15",)),
        (f"{FIRST}/20.1信息.ZIP#2/a.pdf", (f"{FIRST}/20.1信息.ZIP#2",), ("20.1",)),
        ("信.eml/15.zip/b/a.pdf", ("信.eml", "信.eml/15.zip"), ("15",)),
        ("15 总结.eml/a.pdf", ("15 总结.eml",), ()),
        ("2020-11-18/15.zip/a.pdf", ("2020-11-18/15.zip",), ()),
        (f"{FIRST}/材料.zip/a.pdf", (f"{FIRST}/材料.zip",), ()),
    ],
)
def test_archives_of_items(path: str, packages: tuple[str, ...], codes: tuple[str, ...]) -> None:
    """An archive by an item's number is its folder within a unit's folder, a mail or an archive, and is none elsewhere."""
    assert PLACES.codes_of(replace(arrived(path), packages=frozenset(packages))) == codes


def test_a_listed_archive() -> None:
    """An archive that is listed by its name came with all files in it; those beside it are others."""
    archive = f"{FIRST}/15/照片.zip"
    inside = [replace(arrived(f"{archive}/{name}"), packages=frozenset({archive})) for name in ("1.jpg", "b/2.jpg")]
    scans = [
        refused(each, finding(Code.FILE_NOT_A_WORKBOOK, kind="PDF")) for each in (*inside, arrived(f"{FIRST}/15/1.jpg"))
    ]
    came = evidence_of(closed(scans), PLACES)
    assert [each.path for each in came.called("照片.zip", FIRST)] == [each.path for each in inside]
    assert came.called("照片", FIRST) == ()
    assert [each.path for each in nearest("15/照片.zip", "15.1", came.called("照片.zip", FIRST))] == [
        each.path for each in inside
    ]


@pytest.mark.parametrize(("more", "owner"), [([], FIRST), ([SECOND], None)])
def test_in_a_folder_with_its_form(more: list[str], owner: str | None) -> None:
    """In a folder of whatever name a listed name tells where the unit's form, and no other's, lies there."""
    forms = [form_of(FIRST, "材料/表.xlsx", "总结.pdf"), *(form_of(unit, "材料/表2.xlsx") for unit in more)]
    assert owners(*forms, "材料/佐证/15/总结.pdf") == {"材料/佐证/15/总结.pdf": None}
    assert owners(*forms, "材料/15/总结.pdf") == {"材料/15/总结.pdf": owner}


def test_an_archive_in_an_archive() -> None:
    """An archive within a unit's archive, which nobody opened, is the unit's, and somebody has to say what it is for."""
    inner = refused(arrived(f"{FIRST}.zip/材料.zip"), finding(Code.ARCHIVE_IN_ARCHIVE))
    (found,) = evidence_of([inner], PLACES).files
    assert (found.unit, found.astray) == (FIRST, True)
