"""Why the program cannot go on. A fault of one return is a finding, never one of these."""

from __future__ import annotations

import traceback
from dataclasses import dataclass


def traced(error: Exception) -> str:
    """Give an error's traceback as text, for a log."""
    return "".join(traceback.format_exception(error))


class FazhiError(Exception):
    """Ends the command with one clear line and exit status 2.

    The line is given in parts (see `text.commands`), so that the console can name a command otherwise than a terminal.
    """

    def __init__(self, *parts: str) -> None:
        super().__init__(*parts)
        self.parts = parts

    def __str__(self) -> str:
        return "".join(self.parts)


class WrongUseError(FazhiError):
    """The command was called in a way that cannot be carried out."""


class WouldLoseError(WrongUseError):
    """What people have changed would be overwritten, and nobody has agreed to that: `lost` says what, in a sentence, then what to do."""

    def __init__(self, lost: str, *what_to_do: str) -> None:
        super().__init__(lost, *what_to_do)
        self.lost = lost


class WouldDropAnswersError(WrongUseError):
    """Issuing again would drop inputs under which returns hold answers, and nobody has confirmed that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of a catalogue: `file` within the campaign's folder, `path` within the file (`sub_points[3].points`).

    `line` counts from 1, and `thing` names what the fault is about; they are added once all faults are known.
    """

    file: str
    path: str
    message: str
    line: int | None = None
    thing: str = ""

    @property
    def told(self) -> str:
        """The fault as the office reads it: file and line, the thing by its name, the place, and what is wrong."""
        where = f"{self.file} 第{self.line}行" if self.line else self.file
        place = f"({self.path})" if self.path else ""
        said = f"{where}:{self.thing}{place}:" if self.thing or place else f"{where}:"
        return f"{said}{self.message}".replace("\n", "↵")

    def __str__(self) -> str:
        place = f"{self.file}: {self.path}" if self.path else self.file
        return f"{place}: {self.message}"


class BrokenCatalogueError(FazhiError):
    """The catalogue cannot be used; carries every problem that was found, in the order of its files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"工作目录有 {len(problems)} 处错误。请照上面逐处改好,再运行一次。")

    def __reduce__(self) -> tuple[type[BrokenCatalogueError], tuple[tuple[Problem, ...]]]:
        """Come whole out of another process."""
        return type(self), (self.problems,)
