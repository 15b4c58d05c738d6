"""设置.txt beside the starters: which catalogue, and the round's folder; a line each, `名称 = 值`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.catalogue import DEFAULT
from fazhi_xl.text.commands import SET_OUT, SETTINGS, Starter
from fazhi_xl.text.decode import decoded
from fazhi_xl.text.system_errors import system_error

FILE = SETTINGS
CATALOGUES = "目录"  # the folder into which the installer copies the catalogues, for people to change
_CAMPAIGN, _OUT = "工作目录", SET_OUT
_OURS = frozenset({"program", "python", "说明", CATALOGUES})  # the bundle's own folders, where no round may lie
_COMMENT, _FULL_WIDTH = ("#", "\uff03"), "\uff1d"  # a Chinese keyboard has its own # and =
TEMPLATE = f"""\
# 双击 1、2、3、4 时用的设置。用记事本改,改完存盘;井号(#)开头的行是说明,不起作用。

# {_CAMPAIGN}:通知写成的目录所在的文件夹;自己做的,换成它的名称,例如 {CATALOGUES}/我的目录
{_CAMPAIGN} = {CATALOGUES}/{DEFAULT}

# {_OUT}:发放、收回、审核、结果都在里面;新的一轮换一个名称,例如 out-2021
{_OUT} = out
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The catalogue's name or folder, and the round's folder."""

    campaign: str = DEFAULT
    out: Path = Path("out")


def settings_in(folder: Path) -> Settings:
    """Read a folder's settings; what is not set, or left blank, is as it comes. Raises WrongUseError for what cannot be used."""
    path = folder / FILE
    entries = dict(_entries(path, _lines(path))) if path.exists() else {}
    here = Path() if folder.resolve() == Path.cwd() else folder
    return Settings(
        campaign=_catalogue(here, entries.get(_CAMPAIGN) or DEFAULT),
        out=here / _round_folder(path, entries.get(_OUT) or "out"),
    )


def _catalogue(here: Path, named: str) -> str:
    """Name the catalogue: one that lies among those that people change, by its name alone as well, goes before the program's own."""
    found = next((each for each in (here / named, here / CATALOGUES / named) if each.is_dir()), None)
    return str(found or named)


def _round_folder(path: Path, named: str) -> Path:
    out = Path(named)
    first = out.parts[0] if out.parts else ""
    if not first or first in {*_OURS, ".."}:
        message = f"{path} 里的“{_OUT}”写的是“{named}”,那里是程序自己的文件夹。请写另一个名称,例如:{_OUT} = out"
        raise WrongUseError(message)
    return out


def _lines(path: Path) -> list[str]:
    try:
        return decoded(path.read_bytes()).splitlines()
    except ValueError as error:
        message = f"{path} 不是文本,读不出来。请删去它,再双击{Starter.INSTALL.quoted},会重新写一份。"
        raise WrongUseError(message) from error
    except OSError as error:
        raise WrongUseError(f"{path} 读不出来:{system_error(error)}。请关闭打开它的程序,再双击一次。") from error


def _entries(path: Path, lines: list[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not (said := line.strip()) or said.startswith(_COMMENT):
            continue
        name, equals, value = (part.strip() for part in said.replace(_FULL_WIDTH, "=", 1).partition("="))
        if not equals or name not in {_CAMPAIGN, _OUT} or value.startswith("-"):
            message = (
                f"{path} 第{number}行“{said}”看不懂。每行写“名称 = 值”,名称是 {_CAMPAIGN} 或 {_OUT},例如:{_OUT} = out"
            )
            raise WrongUseError(message)
        if name in seen:
            raise WrongUseError(f"{path} 第{number}行又写了一次“{name}”。只留一行,另一行删去或在前面加 #。")
        seen.add(name)
        yield name, value.strip("\"'“”")
