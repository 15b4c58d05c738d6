"""--new-year: the new catalogue is written, as a folder or a workbook, and what the office has to look at is told."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from fazhi_xl.errors import Problem, WrongUseError
from fazhi_xl.notice.places import located
from fazhi_xl.notice.source import FILES
from fazhi_xl.notice.write import write_catalogue
from fazhi_xl.setup.book.names import is_book
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.setup.new_year.move import NewYear, new_year
from fazhi_xl.setup.new_year.moved_book import of_book, told_in, write_moved
from fazhi_xl.setup.new_year.remark import Kind, Remark
from fazhi_xl.setup.open_source import OpenedSource, open_source
from fazhi_xl.text.commands import Command

_HEADINGS = {
    Kind.TEXT: "{count}处文字还写着去年的(没有改,逐处看)",
    Kind.NOTE: "{count}处备注还写着去年的",
    Kind.DECISION: "{count}处要重新定",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedCatalogue:
    """A catalogue that was moved to another year, and the folder or the workbook that it was written to."""

    old: OpenedSource
    path: Path
    moved: NewYear
    book: OpenedBook | None = None

    @property
    def summary(self) -> str:
        """Say what was done, and what was left."""
        about, left = self.moved.source.table("notice.toml"), self._left()
        more = f"{'、'.join(left)} 没有带过来。" if left else ""
        return (
            f"已把 {self.old.name} 推到{about['year']}年:{self.path}。日期、年度和表号开头({about['form_prefix']})已改,"
            f"标识已写上,确认过的口径改回没有确认;文字没有改。{more}"
        )

    def _left(self) -> list[str]:
        """Name what stands beside the old catalogue's files."""
        if self.old.space or self.old.book:
            return []
        there = (path.relative_to(self.old.folder).as_posix() for path in self.old.folder.glob("*"))
        return sorted(file for file in there if file not in (*FILES, "items"))

    @property
    def counts(self) -> dict[Kind, str]:
        """Say how much there is to look at, by kinds."""
        found = {kind: len(self.moved.of(kind)) for kind in _HEADINGS}
        return {kind: _HEADINGS[kind].format(count=count) for kind, count in found.items() if count}

    def lines(self) -> list[str]:
        """Give what there is to look at, by kinds, each with its place: file, line and thing, or sheet and cell."""
        lines: list[str] = []
        for kind, heading in self.counts.items():
            lines += [f"{heading}:", *(f"  {self._told(each)}" for each in self.moved.of(kind))]
        return lines

    def _told(self, remark: Remark) -> str:
        if self.book is not None:
            return told_in(self.book, remark)
        said = Problem(file=remark.file, path=remark.path, message=remark.told)
        return located(said, self.path, self.moved.source).told

    def record(self) -> dict[str, object]:
        """Give where the catalogue is and what there is to look at, for JSON."""
        return {"path": str(self.path), **{f"{kind.value}s": list(map(asdict, self.moved.of(kind))) for kind in Kind}}


def following(old: str) -> str:
    """Give the year after a catalogue's own. Raises FazhiError where it cannot be read, or names no year."""
    year = open_source(old).readable.table("notice.toml").get("year")
    if not isinstance(year, int):
        message = f"{old} 里没有年度,推不到下一年。请先检查它。"
        raise WrongUseError(message)
    return str(year + 1)


def carry_out(old: str, path: Path, year: str) -> MovedCatalogue:
    """Write a catalogue, moved to a year, to a folder or workbook that is not there yet. Raises FazhiError where that cannot be done."""
    if not (year.isascii() and year.isdecimal()):
        raise WrongUseError(
            f"年度“{year}”不对,应为四位数字,例如 2031。写法:", Command.NEW_YEAR, " 去年的目录 新的文件夹 年度"
        )
    if path.exists():
        message = f"{path} 已经有了,不覆盖。请换一个名称,或者先把它移走。"
        raise WrongUseError(message)
    opened = open_source(old)
    moved = new_year(opened, int(year))
    done = MovedCatalogue(old=opened, path=path, moved=moved)
    if is_book(path):
        book = write_moved(opened, moved, path)
        return replace(done, moved=of_book(moved, book), book=book)
    write_catalogue(moved.source, path, opened.comments if opened.book else None, like=opened.folder)
    return done
