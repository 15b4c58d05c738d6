from __future__ import annotations

import pytest

from fazhi_xl.xlsx.reader import read
from tests.xlsx.reader.seeds import seeds


@pytest.mark.parametrize("name", ["rich", "plain", "strict", "utf-16", "long"])
def test_seeds_are_read(name: str) -> None:
    """What the fuzzer starts from gets as far as a book, and so shows it all of the reader."""
    assert read(seeds()[name]).cells


def test_the_richest_seed_tells_everything() -> None:
    """One seed has all that is told beside cells."""
    book = read(seeds()["rich"])

    assert book.properties == {"FormNumber": "ZL2020-02-1-C6YCCD2M"}
    assert [comment.text for comment in book.comments] == ["注", "答"]
    assert book.struck == {("表", 1, 1)}
    assert book.disguised == {("表", 1, 2)}
    assert book.extras == {"pictures"}
    assert (book.date1904, book.names) == (True, {"f_1": "表!$A$1"})
    assert book.sheets[0].hidden_rows == {9}
    assert book.sheets[0].hidden_columns == {2, 3}
    assert book.sheets[0].filtered
