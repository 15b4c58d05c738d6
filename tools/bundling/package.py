"""The bundle itself: everything laid out in one folder, listed with its digest, and packed; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tools.bundling import documents, scripts
from tools.bundling.platforms import Platform
from tools.bundling.wheels import VERSION, files_in, gather

TOP = "fazhi-xl"
MANIFEST = "program/manifest-sha256.txt"
READ_ME = "先读我.txt"
_SHIPPED = Path(__file__).parent / "shipped"
LONGEST = 200  # characters of a path from the folder that the bundle is unpacked in; Windows takes 260 in all
_DAY = (2020, 2, 2, 0, 0, 0)
_PACKED = frozenset({".whl", ".png"})
_COMPILED = "__pycache__/.cpython-313.pyc"


class TooLongError(Exception):
    """A path is longer than Windows takes."""


def make_bundle(folder: Path, platform: Platform, pythons: Sequence[str], extras: Collection[str]) -> Path:
    """Write the bundle into a folder, and give its path. Raises FailedError and TooLongError."""
    with TemporaryDirectory() as made:
        root = Path(made)
        gather(root / "program", platform, pythons, extras)
        for path, data in _written(platform, pythons).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        (root / MANIFEST).write_text(_manifest(root), "utf-8", newline="\n")
        if too_long := [path for path in _paths(root) if len(path) > LONGEST]:
            raise TooLongError(f"这些路径超过{LONGEST}个字:{'、'.join(too_long)}")
        folder.mkdir(parents=True, exist_ok=True)
        return _packed(root, folder / f"fazhi-xl-离线包-{VERSION}-{platform.name}.zip")


def _written(platform: Platform, pythons: Sequence[str]) -> Mapping[str, bytes]:
    """Give what is no wheel, by its path in the bundle."""
    starters = (scripts.windows if platform.windows else scripts.linux)(pythons)
    shipped = {f"program/{path.name}": path.read_bytes() for path in _SHIPPED.glob("*.py")}
    read_me = documents.read_me(pythons, windows=platform.windows)
    return {
        **starters,
        **shipped,
        READ_ME: read_me,
        **{f"说明/{name}": data for name, data in documents.pages().items()},
    }


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def _manifest(root: Path) -> str:
    return "".join(
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n" for path in _files(root)
    )


def _paths(root: Path) -> Iterator[str]:
    """Give the path of every file of the bundle, and of all that is installed from it, compiled as well."""
    yield from (f"{TOP}/{path.relative_to(root).as_posix()}" for path in _files(root))
    for wheel in (root / "program" / "wheels").glob("*.whl"):
        yield from (
            f"{TOP}/program/lib/3.13.new/{name}{_COMPILED if name.endswith('.py') else ''}" for name in files_in(wheel)
        )


def _packed(root: Path, path: Path) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for file in _files(root):
            entry = ZipInfo(f"{TOP}/{file.relative_to(root).as_posix()}", _DAY)
            entry.compress_type = ZIP_STORED if file.suffix in _PACKED else ZIP_DEFLATED
            entry.external_attr = (0o755 if file.suffix == ".sh" or file.parent.name == "commands" else 0o644) << 16
            package.writestr(entry, file.read_bytes())
    return path
