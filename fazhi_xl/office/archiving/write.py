"""A package written beside its place, piece by piece, and there once it is whole."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.limits import MB
from fazhi_xl.office.archiving.layout import Part
from fazhi_xl.office.archiving.zip_format import SizeError, StoredZip
from fazhi_xl.office.packing.folder import sized
from fazhi_xl.office.packing.manifest import manifest_bytes
from fazhi_xl.office.workspace.folder import writing
from fazhi_xl.reports.packing_list import MANIFEST
from fazhi_xl.text.system_errors import system_error
from fazhi_xl.xlsx.writer.files import written_beside

_ROOM = 4096  # bytes that the archive takes for each file besides


def write_package(
    target: Path, parts: Sequence[Part], track: Callable[[Iterable[Part]], Iterable[Part]]
) -> dict[str, str]:
    """Write the parts in their order, and the manifest of them; gives the SHA-256 of each by its path.

    Raises WrongUseError where it does not fit, cannot be written, or a file cannot be read or is no longer what it was: then there is none.
    """
    refuse_full(target.parent, sum(each.size + _ROOM for each in parts))
    digests: dict[str, str] = {}
    with writing(target), written_beside(target, mode=0o444) as beside, beside.open("wb") as file:
        archive = StoredZip(file)
        for each in track(parts):
            digests[each.path] = _added(archive, each)
        manifest = manifest_bytes(digests)
        archive.add(MANIFEST, len(manifest), [manifest])
        archive.close()
        file.flush()
        os.fsync(file.fileno())
    return digests


def _added(archive: StoredZip, part: Part) -> str:
    """Add a part; gives its SHA-256."""
    digest = hashlib.sha256()

    def pieces() -> Iterator[bytes]:
        for piece in read_pieces(part):
            digest.update(piece)
            yield piece

    try:
        archive.add(part.path, part.size, pieces())
    except SizeError as error:
        raise WrongUseError(f"{part.path} 在归档的时候变了,没有归档。请等它存好,再运行一次。") from error
    return digest.hexdigest()


def read_pieces(part: Part) -> Iterator[bytes]:
    """Give a part's bytes. Raises WrongUseError where its file cannot be read, or is no longer what it was."""
    if isinstance(part.source, bytes):
        yield part.source
        return
    try:
        with part.source.open("rb") as file:
            while piece := file.read(MB):
                yield piece
            facts = os.fstat(file.fileno())
    except OSError as error:
        raise WrongUseError(
            f"{part.source} 读不出来:{system_error(error)},没有归档。请检查磁盘,再运行一次。"
        ) from error
    if (facts.st_size, facts.st_mtime_ns) != (part.size, part.mtime_ns):
        raise WrongUseError(f"{part.source} 在归档的时候变了,没有归档。请等它存好,再运行一次。")


def refuse_full(folder: Path, needed: int) -> None:
    """Raise WrongUseError where so many bytes do not fit on a folder's disk."""
    free = shutil.disk_usage(folder).free
    if needed > free:
        said = f"归档要 {sized(needed)},{folder} 所在的磁盘只剩 {sized(free)},放不下,没有归档。"
        raise WrongUseError(said, "请腾出空间,再运行一次。") from OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
