"""Documents that units list as evidence, and what of them came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from fazhi_xl.rounds.inspected import Inspected
from fazhi_xl.text.worded import Worded


class Came(Worded):
    """What came of a listed document."""

    HERE = "here", "收到"
    SHARED = "shared", "收到同名文件,请核实是哪个单位的"
    MISSING = "missing", "没有收到"
    NOT_SENT = "not_sent", "未随表报送"  # of the unit no evidence came at all, or nobody can tell which is its
    ELSEWHERE = "elsewhere", "填的不是文件名"
    UNNAMED = "unnamed", "没有填文件名"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that a row of the list of evidence names, or the row itself where it names none.

    `pages` are those that the row states. `paths` are those within the returns of what came, `seen` what was found in each of them,
    as far as it was opened; `misplaced` says that none of them lies in its item's folder.
    """

    row: str
    sub_point: str
    came: Came
    title: str = ""
    sort: str = ""
    dated: date | None = None
    pages: int | None = None
    name: str = ""
    paths: tuple[str, ...] = ()
    misplaced: bool = False
    seen: tuple[Inspected | None, ...] = ()
    of_row: int | None = None
    """The pages of all files that its row names, each once; None where one of them was not counted, or none has any."""

    @property
    def counted(self) -> int | None:
        """The pages of what came for it; None where nothing came, or it has none that can be counted, or several files differ."""
        pages = {each.pages if each else None for each in self.seen}
        return pages.pop() if self.came is Came.HERE and len(pages) == 1 else None

    @property
    def doubt(self) -> str:
        """What is to be said of what came, in a few words; blank where nothing is."""
        doubts = dict.fromkeys(each.doubt for each in self.seen if each and each.doubt)
        if self.pages is not None and self.of_row is not None and self.of_row != self.pages:
            doubts[f"填{self.pages}页,{'' if self.of_row == self.counted else '这一行'}数出{self.of_row}页"] = None
        return ";".join(doubts)


def of_one_row(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Give the documents that a row names, each with the pages of all of them, which are what the row states."""
    every = tuple(documents)
    counts = {each.paths: each.counted for each in every}.values()
    whole = (
        None if None in counts else sum(filter(None, counts)) or None
    )  # without a page a file is blank, and told as that
    return tuple(replace(each, of_row=whole) for each in every)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A file that may be evidence: the items and sub-points of its folders, none where it lies in no item's, and whose it is.

    `placed` says that its place tells whose it is, and not only its name; `copy` that it may be a copy of the form itself, by its name.
    `archives` are the paths of the archives that it came in, which may be listed in its place.
    `sha256` is blank where it is not known; `seen` is what was found
    in it, None where it was not opened. `at` leads to it, or to the archive or mail that it came in: from a folder of the round's where it
    lies in the round's own, else from the root; blank where nothing does.
    """

    path: str
    codes: tuple[str, ...] = ()
    unit: str | None = None
    placed: bool = False
    copy: bool = False
    archives: tuple[str, ...] = ()
    sha256: str = ""
    seen: Inspected | None = None
    at: str = ""

    @property
    def astray(self) -> bool:
        """Say whether it is a unit's for sure, and its folder names no item: somebody has to say what it is for."""
        return self.placed and not self.codes and not self.copy

    @property
    def items(self) -> frozenset[str]:
        return frozenset(code.partition(".")[0] for code in self.codes)
