"""A folder of many rounds, one for each district, in a folder of the district's name; and the record of whom they were issued for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import Workspace, read_json

RECORD = "地区名单.json"  # beside the districts' folders
_ROUND = frozenset({"campaign.json", "campaign.key"})  # by which a round's folder is known


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictFolder:
    """A district's round: `name` as it is called below the folder that was named, and where it is, an absolute path.

    `there` says that the folder is there; one that is not is known from the record. `catalogue` is the name or folder of the district's
    own catalogue, blank where it has that of all, or where its round was issued.
    """

    name: str
    root: Path
    there: bool = True
    catalogue: str = ""


def record_districts(root: Path, names: Iterable[str]) -> None:
    """Add districts to the record of those that rounds are issued for. Raises WrongUseError."""
    space = Workspace(root)
    space.make()
    space.write_json(root / RECORD, {"districts": list(dict.fromkeys((*recorded_districts(root), *names)))})


def recorded_districts(root: Path) -> tuple[str, ...]:
    """Give the districts for which rounds were to be issued below a folder; none where there is no record. Raises WrongUseError."""
    path = root / RECORD
    if not path.exists():
        return ()
    listed = read_json(path).get("districts")
    names = [str(each) for each in listed] if isinstance(listed, list) else []
    if not isinstance(listed, list) or any(Path(name).name != name for name in names):
        message = f"{path} 的内容不对,请从备份恢复这个文件,或删去它(删去后查不出缺了哪个地区的文件夹)。"
        raise WrongUseError(message)
    return tuple(names)


def district_folders(roots: Iterable[Path]) -> tuple[DistrictFolder, ...]:
    """Find every round below the folders, at whatever depth, and name those that are recorded and not there.

    Those of a record stand in its order, whether anything was issued there or not, then others by name.
    Raises WrongUseError where a folder is not there, or there is nothing in them.
    """
    found = tuple(dict.fromkeys(each for root in roots for each in _below(root)))
    if not found:
        named = "、".join(map(str, roots))
        message = f"{named} 下面没有发放过的地区文件夹(里面有 campaign.json 的)。请写明各地区文件夹所在的文件夹。"
        raise WrongUseError(message)
    return found


def _below(root: Path) -> Iterator[DistrictFolder]:
    if not root.is_dir():
        message = f"没有找到文件夹 {root}。请写明各地区文件夹所在的文件夹。"
        raise WrongUseError(message)
    for base, folders, files in os.walk(root):
        place = Path(base)
        if _ROUND.intersection(files):
            folders.clear()
            yield _named(root, place)
            continue
        recorded = recorded_districts(place) if RECORD in files else ()
        yield from (_named(root, place / name, there=name in folders) for name in recorded)
        folders[:] = sorted(set(folders).difference(recorded))


def _named(root: Path, place: Path, *, there: bool = True) -> DistrictFolder:
    name = place.name if place == root else place.relative_to(root).as_posix()
    return DistrictFolder(name=name or str(place), root=place.resolve(), there=there)
