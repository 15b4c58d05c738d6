"""Finds a campaign's catalogue: by name under workbook_templates, by its folder, or as it was when forms were issued."""

from __future__ import annotations

import shutil
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.load import find_campaign, load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace import Workspace, writing

TEMPLATES = Path(__file__).resolve().parents[2] / "workbook_templates"
DEFAULT = "zhonglou-2020"


def open_campaign(name: str) -> Notice:
    """Load a campaign by its name or folder."""
    return load(find_campaign(name, TEMPLATES))


def issued_campaign(space: Workspace, named: str | None) -> Notice:
    """Load the catalogue that a round's returns are read by: the one named, the one of the same name, or the copy kept at issue."""
    if named:
        return open_campaign(named)
    held = space.campaign()
    if held is None:
        message = (
            f"{space.root} 里没有 campaign.json,还没有发放过表。请先运行 build_workbooks.py,或用 --out 指明输出文件夹。"
        )
        raise WrongUseError(message)
    home = TEMPLATES / str(held["campaign"])
    return load(home if home.is_dir() else kept_copy(space, str(held["campaign"])))


def kept_copy(space: Workspace, campaign: str) -> Path:
    return space.archive / "目录" / campaign


def keep_copy(space: Workspace, folder: Path) -> None:
    """Keep the catalogue as it was at issue, so that the round can be read and checked later."""
    target = kept_copy(space, folder.resolve().name)
    with writing(target):
        shutil.copytree(folder, target, dirs_exist_ok=True, copy_function=shutil.copyfile)
