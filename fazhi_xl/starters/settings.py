"""设置.txt beside the starters: which catalogue, and the round's folder; a line each, `名称 = 值`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.catalogue import DEFAULT
from fazhi_xl.office.workspace.folder import reading
from fazhi_xl.text.decode import decoded

FILE = "设置.txt"
CATALOGUES = "目录"  # the folder into which the installer copies the catalogues, for people to change
_CAMPAIGN, _OUT = "工作目录", "这一轮的文件夹"
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
    """Read a folder's settings; what is not set, or left blank, is as it comes. Raises WrongUseError for a line that cannot be used."""
    path = folder / FILE
    if not path.exists():
        return Settings()
    with reading(path):
        lines = decoded(path.read_bytes()).splitlines()
    set_ = dict(_entries(path, lines))
    return Settings(campaign=set_.get(_CAMPAIGN) or DEFAULT, out=Path(set_.get(_OUT) or "out"))


def _entries(path: Path, lines: list[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not (said := line.strip()) or said.startswith(("#", "#")):
            continue
        name, equals, value = (part.strip() for part in said.replace("=", "=", 1).partition("="))
        if not equals or name not in {_CAMPAIGN, _OUT}:
            message = (
                f"{path} 第{number}行“{said}”看不懂。每行写“名称 = 值”,名称是 {_CAMPAIGN} 或 {_OUT},例如:{_OUT} = out"
            )
            raise WrongUseError(message)
        if name in seen:
            raise WrongUseError(f"{path} 第{number}行又写了一次“{name}”。只留一行,另一行删去或在前面加 #。")
        seen.add(name)
        yield name, value.strip("\"'“”")
