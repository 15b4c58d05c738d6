"""What is said of the files that one row of the ledger names."""

from __future__ import annotations

from fazhi_xl.rounds.evidence import Came, Document, of_one_row
from fazhi_xl.rounds.inspected import Inspected


def row(stated: int, *counted: int | None) -> list[str]:
    """Give what is doubtful about the files of a row that states its pages."""
    each = (
        Document(row="台账.001", sub_point="6.1", came=Came.HERE, pages=stated, paths=(f"{no}.jpg",), seen=(Inspected(pages=pages),))
        for no, pages in enumerate(counted)
    )  # fmt: skip
    return [document.doubt for document in of_one_row(each)]


def test_pages_together() -> None:
    """The pages that a row states are those of all its files together; where one has none that is counted, nothing is said."""
    assert row(2, 1, 1) == ["", ""]
    assert row(2, 1, None) == ["", ""]
    assert row(3, 1, 1) == ["填3页,这一行数出2页"] * 2
    assert row(2, 1) == ["填2页,数出1页"]
    assert row(2, 0) == [""], "a file without pages is blank, and told as that"


def test_a_file_named_twice() -> None:
    """A file that a row names twice is counted once."""
    one = Document(row="台账.001", sub_point="6.1", came=Came.HERE, pages=4, paths=("甲.pdf",), seen=(Inspected(pages=4),))  # fmt: skip
    assert [each.doubt for each in of_one_row([one, one])] == ["", ""]
