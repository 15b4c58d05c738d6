"""--merge: one form of two that people of one unit filled in apart, and what they have to settle in front."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.expression import Value
from fazhi_xl.office.commands.merge import Merged, merge
from tests.support.offices import FIRST, SECOND, Office
from tests.support.packages import Package
from tests.support.progress import Silent

COUNT = "15.6.次数.填报"


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
    one, other = halves(office, {**good, COUNT: 5}, {**good, COUNT: 6})
    there = office.root / "合并" / office.path(FIRST).name
    there.parent.mkdir()
    there.write_bytes(b"x")
    made = merged(office, other, one)
    assert (made.path, made.moved_from) == (there.with_stem(f"{there.stem}(2)"), there)
    assert there.read_bytes() == b"x"
    cell = office.forms[FIRST].shape.places[COUNT].cell
    (asked,) = made.asked
    assert (asked.field, asked.said) == (COUNT, f"乙.xlsx(任务分解表 {cell}):6;甲.xlsx(任务分解表 {cell}):5")
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
    for files, said in {
        (one, foreign): "不是同一个单位的表,不能合并",
        (one, one): "写的是同一份",
        (one, damaged): "坏.xlsx:",
        (other, office.root / "没有.xlsx"): "没有.xlsx",
    }.items():
        with pytest.raises(WrongUseError, match=said):
            merged(office, *files)
    assert not (office.root / "合并").exists()


def test_a_form_of_an_earlier_edition(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form of an earlier edition is refused, with what to do first."""
    one, other = halves(office, *split(office))
    monkeypatch.setattr("fazhi_xl.office.commands.merge.older_edition", lambda _: True)
    with pytest.raises(WrongUseError, match="不是现行这一版的表,不能合并。请先用 --from 补发"):
        merged(office, one, other)
