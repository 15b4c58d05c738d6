"""--new-year: the new catalogue is written, and what the office has to look at is told."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from fazhi_xl.errors import Problem, WrongUseError
from fazhi_xl.notice.places import located
from fazhi_xl.notice.source import FILES
from fazhi_xl.notice.write import write_catalogue
from fazhi_xl.setup.new_year.move import NewYear, new_year
from fazhi_xl.setup.new_year.remark import Kind
from fazhi_xl.setup.open_source import OpenedSource, open_source

_HEADINGS = {
    Kind.TEXT: "{count}处文字还写着去年的(没有改,逐处看):",
    Kind.DECISION: "{count}处要重新定:",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedCatalogue:
    """A catalogue that was moved to another year, and the folder that it was written to."""

    old: OpenedSource
    folder: Path
    moved: NewYear

    @property
    def summary(self) -> str:
        """Say what was done, and what was left."""
        about, left = self.moved.source.table("notice.toml"), self._left()
        more = f"{'、'.join(left)} 没有带过来。" if left else ""
        return (
            f"已把 {self.old.name} 推到{about['year']}年:{self.folder}。日期、年度和表号开头({about['form_prefix']})已改,"
            f"标识已写上,确认过的口径改回没有确认;文字没有改。{more}"
        )

    def _left(self) -> list[str]:
        """Name what stands beside the old catalogue's files."""
        if self.old.space is not None:
            return []
        there = (path.relative_to(self.old.folder).as_posix() for path in self.old.folder.glob("*"))
        return sorted(file for file in there if file not in (*FILES, "items"))

    def lines(self) -> list[str]:
        """Give what there is to look at, by kinds, each with its file, line and thing."""
        lines: list[str] = []
        for kind, heading in _HEADINGS.items():
            told = [
                self._told(Problem(file=each.file, path=each.path, message=each.told)) for each in self.moved.of(kind)
            ]
            lines += [heading.format(count=len(told)), *(f"  {line}" for line in told)]
        return lines

    def _told(self, said: Problem) -> str:
        return located(said, self.folder, self.moved.source).told

    def record(self) -> dict[str, object]:
        """Give the folder and what there is to look at, for JSON."""
        return {
            "folder": str(self.folder),
            **{f"{kind.value}s": list(map(asdict, self.moved.of(kind))) for kind in Kind},
        }


def carry_out(old: str, folder: Path, year: str) -> MovedCatalogue:
    """Write a catalogue, moved to a year, into a folder that is not there yet. Raises FazhiError where that cannot be done."""
    if not (year.isascii() and year.isdecimal()):
        message = f"年度“{year}”不对,应为四位数字,例如 2031。写法:--new-year 去年的目录 新的文件夹 年度"
        raise WrongUseError(message)
    if folder.exists():
        message = f"{folder} 已经有了,不覆盖。请换一个名称,或者先把它移走。"
        raise WrongUseError(message)
    opened = open_source(old)
    moved = new_year(opened, int(year))
    write_catalogue(moved.source, folder, like=opened.folder)
    return MovedCatalogue(old=opened, folder=folder, moved=moved)
