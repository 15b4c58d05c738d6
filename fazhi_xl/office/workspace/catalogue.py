"""Finds a campaign's catalogue: by name under workbook_templates, by its folder, or as it was when forms were issued.

`workbook_templates` lies inside the package where a wheel was installed, and beside it in a clone.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from fazhi_xl.disk import remove
from fazhi_xl.errors import FazhiError, WrongUseError
from fazhi_xl.notice.load import find_campaign, load
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.source import FILES
from fazhi_xl.office.workspace.folder import Workspace, reading, side_by_side, writing
from fazhi_xl.text.commands import Command

_INSTALLED = Path(__file__).resolve().parents[2] / "workbook_templates"
TEMPLATES = _INSTALLED if _INSTALLED.is_dir() else _INSTALLED.parents[1] / "workbook_templates"
DEFAULT = "zhonglou-2020"


def open_campaign(name: str) -> Notice:
    """Load a campaign by its name or folder. Raises WrongUseError where none is called so, or a file is."""
    if Path(name).is_file():
        said = f"{name} 是文件,不是工作目录。目录工作簿先用 "
        raise WrongUseError(said, Command.FROM_CATALOGUE, " 写回,再写工作目录的名称;通知先用 ", Command.IMPORT, "。")
    return load(find_campaign(name, TEMPLATES))


def shadowing(name: str) -> str:
    """Say which is read where a folder here is called as one of the program's own catalogues; blank where only one is there."""
    here, own = Path(name), TEMPLATES / name
    both = here.name == name and all(any(folder.glob("*.toml")) for folder in (here, own))
    if not both or here.resolve() == own.resolve():
        return ""
    return f"读的是这里的文件夹 {here.resolve()},不是程序自带的同名目录。要读自带的,写 {own}。"


def issued_campaign(space: Workspace, named: str | None) -> Notice:
    """Load the catalogue that a round's returns are read by; see `issued_catalogue`."""
    return open_campaign(named) if named else load(issued_catalogue(space))


def issued_catalogue(space: Workspace) -> Path:
    """Find the catalogue that a round was issued from, or the copy kept at issue.

    Raises WrongUseError where nothing was issued, or neither is there.
    """
    held = space.issued_campaign()
    copy = kept_copy(space, held["campaign"])
    homes = _homes(space, copy)
    found = next((folder for folder in (*homes, copy) if (folder / FILES[0]).is_file()), None)
    if found is None:
        lost = (
            f"没有找到这一轮的工作目录:{homes[-1]} 和 {copy} 里都没有 {FILES[0]}。请从备份恢复,或写明工作目录在哪里。"
        )
        raise WrongUseError(lost)
    return found


def name_of(folder: Path) -> str:
    """Give what `open_campaign` finds a catalogue by: the name of one of the program's own, wherever it is installed, or its folder."""
    home = folder.resolve()
    return home.name if home.parent == TEMPLATES else str(home)


def _homes(space: Workspace, copy: Path) -> tuple[Path, ...]:
    """Give where a catalogue may stand: where it stood as seen from the round's folder, which may have been moved with it, else its path.

    A bare name is one of the program's own catalogues, wherever it is installed.
    """
    note = _note(copy)
    with reading(note):
        home, *near = (note.read_text("utf-8").splitlines() or [""]) if note.exists() else (copy.name,)
    return (*(space.root / each for each in near[:1] if each), TEMPLATES / home.strip())


def is_own(space: Workspace, campaign: str) -> bool:
    """Say whether a round was issued from one of the program's own catalogues."""
    home = _homes(space, kept_copy(space, campaign))[-1]
    return home.parent == TEMPLATES


def same_as_own(folder: Path) -> bool:
    """Say whether the program has a catalogue of this name with the very same files."""
    own = TEMPLATES / folder.name
    names = {path.relative_to(each) for each in (folder, own) for path in files_of(each)}
    return bool(names) and all(_same(folder / name, own / name) for name in names)


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def files_of(folder: Path) -> list[Path]:
    """Give a catalogue's own files: what else lies in its folder is nobody's business."""
    return [path for path in (*map(folder.joinpath, FILES), *sorted(folder.glob("items/*.toml"))) if path.exists()]


def point_to(space: Workspace, campaign: str, within: str, root: Path) -> None:
    """Let a round be read by a catalogue within its folder, which is going to stand at `root`. Raises WrongUseError."""
    space.write(_note(kept_copy(space, campaign)), f"{root / within}\n{within}\n".encode())


def as_issued(space: Workspace) -> Path:
    """Find the catalogue as it was at issue; of a round that was issued before copies were kept, the one it was issued from.

    Raises WrongUseError where nothing was issued.
    """
    copy = kept_copy(space, space.issued_campaign()["campaign"])
    return copy if (copy / FILES[0]).is_file() else issued_catalogue(space)


def kept_copy(space: Workspace, campaign: str) -> Path:
    return space.archive / "目录" / campaign


def kept_texts(space: Workspace, campaign: str) -> dict[str, str]:
    """Give the sub-points' texts by code, from the catalogue that was kept at issue; none where it cannot be read."""
    try:
        return {code: sub.text for code, sub in load(kept_copy(space, campaign)).sub_points.items()}
    except (FazhiError, OSError):
        return {}


def kept_year(space: Workspace, campaign: str) -> int | None:
    """Give the year of the notice that was kept at issue; None where it cannot be read."""
    try:
        return load(kept_copy(space, campaign)).about.year
    except (FazhiError, OSError):
        return None


def keep_copy(space: Workspace, folder: Path) -> None:
    """Keep the catalogue as it was at issue, and where it stood, so that the round can be read and checked later."""
    home, target = folder.resolve(), kept_copy(space, folder.resolve().name)
    if home == target.resolve():
        return
    files = [path.relative_to(home).as_posix() for path in files_of(home)]
    space.make(target / "items")
    for _ in side_by_side(space, [(target / file, (home / file).read_bytes()) for file in files]):
        pass
    with writing(target):
        for gone in {*target.glob("*.toml"), *target.glob("items/*.toml")} - {target / file for file in files}:
            remove(gone)
    space.write(_note(target), f"{name_of(home)}\n".encode())

    space.write(_note(target), _noted(home, space.root.resolve()).encode())


def _noted(home: Path, root: Path) -> str:
    """Say where a catalogue stands: of the program's own its name; of others the path, and the way there from the round's folder.

    Windows knows no way from one disk to another.
    """
    if home.parent == TEMPLATES:
        return f"{home.name}\n"
    with suppress(ValueError):
        return f"{home}\n{Path(os.path.relpath(home, root)).as_posix()}\n"
    return f"{home}\n"


def is_copied(space: Workspace, folder: Path) -> bool:
    """Say whether the copy of a catalogue came to its end."""
    return _note(kept_copy(space, folder.resolve().name)).exists()


def _note(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.来源.txt")
