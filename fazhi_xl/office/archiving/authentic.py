"""真实性: whether a package is what was made: each byte by the manifest, the edition by its own papers, the ranking by making it anew."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from fazhi_xl.evidence.xml import ForbiddenXmlError
from fazhi_xl.office.archiving.contents import DAMAGED, PAPER, Contents
from fazhi_xl.office.archiving.headers import header_troubles, is_ours
from fazhi_xl.office.archiving.layout import METADATA
from fazhi_xl.office.archiving.metadata import read_digests, read_stated, stated_by
from fazhi_xl.office.archiving.opened import UNREADABLE, Package
from fazhi_xl.office.archiving.trouble import Check, Trouble, Wrong
from fazhi_xl.office.review.chain import Lines, odd_line
from fazhi_xl.office.review.kept_records import digest_of, lines_of
from fazhi_xl.office.review.records import DECISIONS
from fazhi_xl.office.sealing.edition import TOLD
from fazhi_xl.office.sealing.grounds import FOLDER as GROUNDS
from fazhi_xl.reports.packing_list import MANIFEST


def digest_troubles(contents: Contents) -> Iterator[Trouble]:
    """Name every file that is not what the manifest says."""
    for path, listed in contents.listed.items():
        if path in contents.digests and contents.digests[path] != listed:
            yield _trouble(Wrong.CHANGED, path)


def archive_troubles(package: Package) -> tuple[bool, tuple[Trouble, ...]]:
    """Say whether an archive is one that this program wrote, and name what is otherwise in it than it writes."""
    if package.archive is None or not is_ours(package):
        return False, ()
    return True, tuple(header_troubles(package))


def edition_troubles(package: Package, contents: Contents) -> Iterator[Trouble]:
    """Hold the edition against what was noted when it was sealed."""
    sealed, folder = contents.sealed, contents.edition
    if sealed is None:
        return
    here = contents.below(folder)
    for path, wanted in sealed.files.items():
        if path in here and here[path] != wanted:
            yield _trouble(Wrong.SEALED_DIGEST, f"{folder}/{path}")
    manifest = _read(package, f"{folder}/{MANIFEST}")
    if manifest is not None and manifest != _own_manifest(package, contents):
        yield _trouble(Wrong.OWN_MANIFEST, f"{folder}/{MANIFEST}")
    yield from _record_troubles(package, contents)


def _own_manifest(package: Package, contents: Contents) -> bytes | None:
    told = _read(package, f"{contents.edition}/{TOLD}")
    return contents.sealed.manifest(told) if contents.sealed and told is not None else None


def record_of(package: Package, contents: Contents) -> Lines | None:
    """Give the lines of the record of decisions; None where it is not there."""
    data = _read(package, record_path(contents))
    return None if data is None else lines_of(data)


def record_path(contents: Contents) -> str:
    return f"{contents.edition}/{GROUNDS}/审核/{DECISIONS.path}"


def _record_troubles(package: Package, contents: Contents) -> Iterator[Trouble]:
    lines, path = record_of(package, contents), record_path(contents)
    if lines is None or contents.sealed is None:
        return
    if odd := odd_line(lines):
        yield Trouble(check=Check.AUTHENTIC, wrong=Wrong.CHAIN, path=path, detail=odd)
    wanted = contents.sealed.record
    if (len(lines), digest_of(lines)) != (wanted.count, wanted.sha256):
        detail = f"定稿时{wanted.count}条,现在{len(lines)}条"
        yield Trouble(check=Check.AUTHENTIC, wrong=Wrong.SEALED_DIGEST, path=path, detail=detail)


def stated_troubles(package: Package, contents: Contents) -> Iterator[Trouble]:
    """Hold what the metadata says of the edition against 定稿.json, and its digests against the files."""
    data = _read(package, METADATA)
    if data is None or contents.sealed is None:
        return
    wanted = stated_by(contents.sealed)
    try:
        said, digests = read_stated(data, wanted), read_digests(data)
    except (ExpatError, ForbiddenXmlError):
        return  # it is told that it does not open
    for name, right in wanted.items():
        if said[name] != right:
            detail = f"{name}:元数据“{said[name]}”,定稿“{right}”"
            yield Trouble(check=Check.AUTHENTIC, wrong=Wrong.STATED, path=METADATA, detail=detail)
    for path, digest in digests.items():
        if contents.digests.get(path, digest) not in {digest, ""} and contents.listed.get(path) != digest:
            detail = f"{path}的数字摘要和文件不一样"
            yield Trouble(check=Check.AUTHENTIC, wrong=Wrong.STATED, path=METADATA, detail=detail)


def return_troubles(contents: Contents) -> Iterator[Trouble]:
    """Name each return whose bytes are not those that were sealed; of what came in an archive or a mail, that is not known here."""
    if contents.sealed is None or contents.again is None:
        return
    stored = {row.path: row.stored for row in contents.rows}
    for each in contents.sealed.returns:
        path = stored.get(f"{contents.again.returns}/{each.path}")
        if path and path in contents.digests and contents.digests[path] != each.sha256:
            yield _trouble(Wrong.SEALED_DIGEST, path)


def _read(package: Package, path: str) -> bytes | None:
    try:
        return package.read(path, PAPER)
    except (*UNREADABLE, *DAMAGED):
        return None


def _trouble(wrong: Wrong, path: str) -> Trouble:
    return Trouble(check=Check.AUTHENTIC, wrong=wrong, path=path)
