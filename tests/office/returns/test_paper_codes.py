"""纸质校验码: what the office reads off the stamped paper is held against the code of the file, and kept as it was typed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from fazhi_xl.answers.content_code import ContentCode, Unlike
from fazhi_xl.form.sheets.unit.content_code import FRONT
from fazhi_xl.office.returns.checks.paper import paper_doubts
from fazhi_xl.office.returns.stages import AnsweredReturn
from fazhi_xl.reports.filing.returns import returns_sheet
from fazhi_xl.reports.media.workbook import Table
from tests.office.returns.test_receipt_register import enter, path, run
from tests.support.offices import FIRST, Office
from tests.support.once import Staged
from tests.support.packages import Package

FILE = "2020-11-18/表.xlsx"


@pytest.fixture
def one(staged: Staged) -> Office:
    """Give an office with a return and its register."""
    return staged("paper", _receive)


def _receive(office: Office) -> None:
    office.receive(FILE, office.filled(FIRST))
    assert run(office) == []


def code(office: Office) -> str:
    """Give the code that the unit's program shows over its answers."""
    return str(office.forms[FIRST].shape.evaluator(office.good(FIRST)).field(FRONT))


def shown(office: Office) -> tuple[str, str]:
    cells = Package(path(office)).sheets["收到登记"].cells
    return cells["H4"].text or "", (cells["I4"].text or "") if "I4" in cells else ""


def test_the_register_shows_the_files_code(one: Office) -> None:
    """The code computed over the file stands in the register and in 报送情况, beside room for that of the paper."""
    assert shown(one) == (code(one), "")
    table = returns_sheet(one.collect()).blocks[-1]
    assert isinstance(table, Table)
    assert [row[-2] for row in table.rows if row[1] == FIRST] == [code(one)]
    assert table.columns[-2].title == "内容校验码"


@pytest.mark.parametrize("typed", [" {1} ", "{2}-{3}"])
def test_the_same_code(one: Office, typed: str) -> None:
    """The same code, however it is typed, says nothing and stays as it was typed."""
    right = code(one)
    entered = typed.format(right, right.lower(), right[:3], right[3:])
    enter(one, "I4", entered)
    assert run(one) == []
    assert one.codes(FILE) == []
    assert shown(one)[1] == entered


def test_another_code(one: Office) -> None:
    """Another code on the paper is asked about: both are named, and what to do; the return counts, and the entry stays for the next run."""
    enter(one, "I4", "ABCDEF")
    run(one)
    (found,) = one.file(FILE)["findings"]
    assert (found["code"], found["severity"], found["value"]) == ("paper-differs", "confirm", "ABCDEF")
    assert code(one) in found["message"]
    assert one.statuses() == {FILE: "accepted_with_notes"}
    run(one)
    assert one.codes(FILE) == ["paper-differs"]


def test_what_is_no_code(one: Office) -> None:
    """What is no code is told with its row and not compared; it stays where it was typed."""
    enter(one, "I4", "K7Q")
    assert run(one) == ["收到登记.xlsx 第4行:纸质校验码“K7Q”不是六位字母和数字,例如 K7QF4M,没有采用。"]
    assert one.codes(FILE) == []
    assert shown(one)[1] == "K7Q"


def came(
    code: str | None = "",
    paper: str = "",
    sha256: str = "a",
    *,
    excluded: bool = False,
    unlike: Unlike | None = None,
) -> AnsweredReturn:
    """Give what is looked at of a return: its code, None where it could not be read, and what was read off its paper."""
    content = ContentCode(code=code, unlike=unlike) if code else None
    arrival = SimpleNamespace(path=f"{sha256}.xlsx", sha256=sha256, paper=paper, excluded=excluded)
    return cast(
        "AnsweredReturn",
        SimpleNamespace(arrival=arrival, answers=None if code is None else SimpleNamespace(content=content)),
    )


ONE, TWO, THREE = "ABCDEF", "GHJKLM", "NPQRST"


@pytest.mark.parametrize(
    ("beside", "counting", "codes"),
    [
        (came(ONE, TWO), came(TWO, sha256="b"), []),  # the right paper, in another row
        (came(ONE, THREE), came(TWO, sha256="b"), ["paper-differs"]),
        (came(ONE, ONE), came(TWO, sha256="b"), ["paper-of-another"]),
        (came(ONE, ONE), came(TWO, TWO, sha256="b"), []),  # each has its own
        (came(ONE, ONE), came(ONE, sha256="b"), []),
        (came(ONE, ONE), came(TWO, sha256="b", unlike=Unlike.RARE), []),
        (came(ONE, TWO, unlike=Unlike.RARE), came(TWO, sha256="b", unlike=Unlike.RARE), ["paper-unchecked"]),
        (came("", ONE), came(TWO, sha256="b"), ["paper-without-code"]),
        (came(None, ONE), came(TWO, sha256="b"), ["paper-unread"]),
        (came(None, TWO), came(TWO, sha256="b"), []),
        (came(None, ONE), None, ["paper-unread"]),
        (came(ONE, TWO), None, ["paper-differs"]),
        (came(ONE, ONE), None, []),
        (came(None, ONE, excluded=True), None, []),
        (came(ONE, TWO, excluded=True), None, []),
        (came(ONE, THREE, excluded=True), came(TWO, sha256="b"), []),
        (came(ONE, THREE), came(ONE, THREE), []),  # the same file: told where it counts
        (came(ONE), came(TWO, sha256="b"), []),
    ],
)
def test_beside_a_file_that_does_not_count(
    beside: AnsweredReturn, counting: AnsweredReturn | None, codes: list[str]
) -> None:
    """A code beside a file that does not count is compared as well, with it and with the one that counts, or is said not to be."""
    assert [each.code.value for each in paper_doubts(beside, counting)] == codes


def test_beside_a_superseded_file(one: Office) -> None:
    """The paper of a return that a later one took the place of is not the paper of what counts."""
    enter(one, "I4", code(one))
    one.receive("2020-11-19/新.xlsx", one.filled(FIRST, one.good(FIRST, 2)))
    run(one)
    assert one.codes(FILE) == ["superseded-file", "paper-of-another"]
    assert one.codes("2020-11-19/新.xlsx") == []
