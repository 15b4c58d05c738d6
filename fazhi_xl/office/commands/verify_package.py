"""Testing a package of the archive by itself, after DA/T 70-2018: 安全性, 真实性, 完整性, 可用性. Nothing but the package is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.office.archiving.again import COMPARED, Outcome, make_again
from fazhi_xl.office.archiving.authentic import (
    archive_troubles,
    digest_troubles,
    edition_troubles,
    return_troubles,
    stated_troubles,
)
from fazhi_xl.office.archiving.complete import complete_troubles, litter_in, print_troubles
from fazhi_xl.office.archiving.contents import PAPER, Contents, look_through
from fazhi_xl.office.archiving.layout import AGAIN, METADATA
from fazhi_xl.office.archiving.opened import UNREADABLE, Package, open_package
from fazhi_xl.office.archiving.order import Again
from fazhi_xl.office.archiving.prints import is_printed
from fazhi_xl.office.archiving.trouble import Check, Trouble, Wrong
from fazhi_xl.office.archiving.usable import forms_of, papers_of, usable_troubles
from fazhi_xl.office.archiving.verified import Tested, Verified
from fazhi_xl.office.commands.regenerate import regenerate
from fazhi_xl.office.sealing.edition import TOLD
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.office.workspace.program import program_digest, program_version
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.packing_list import MANIFEST
from fazhi_xl.text.commands import Command

_NEEDS_PASSWORDS = f"有的原件设了打开密码,密码不在包里。请用 {Command.PASSWORDS} 给出密码再验证"
_LACKS = "缺少重新生成所需的文件"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOrder:
    """The package, the passwords that open what was sent locked, and the number of processes.

    `outcome` is what came of making the ranking anew, where that was done already.
    """

    place: Path
    passwords: tuple[str, ...] = ()
    jobs: int = 1
    outcome: Outcome | None = None


def verify(order: VerifyOrder, progress: Progress) -> Verified:
    """Test a package. Raises WrongUseError where there is none."""
    with open_package(order.place) as package:
        contents = look_through(package, lambda paths: _tracked(progress, paths, "核对"))
        safe = Tested(check=Check.SAFE, said=tuple(_safe_said(package)), troubles=_of(Check.SAFE, package.troubles))
        complete = _complete(package, contents)
        usable = _usable(package, contents, progress)
        outcome = order.outcome or _outcome(package, contents, order, progress)
        authentic = _authentic(package, contents, outcome)
        return Verified(
            place=str(order.place),
            size=sum(package.sizes.values()) if package.archive is None else order.place.stat().st_size,
            sha256=_sha256(package, contents),
            called=_called(contents),
            tested=(safe, authentic, complete, usable),
            hints=tuple(_hints(package, contents)),
            outcome=outcome,
            edition=contents.digests.get(f"{contents.edition}/{TOLD}", ""),
        )


def _tracked(progress: Progress, paths: Iterable[str], what: str) -> Iterable[str]:
    every = list(paths)
    return progress.track(every, what, len(every))


def _of(check: Check, troubles: Iterable[Trouble]) -> tuple[Trouble, ...]:
    return tuple(each for each in troubles if each.check is check)


def _sha256(package: Package, contents: Contents) -> str:
    if package.place.is_dir():
        return contents.digests.get(MANIFEST, "")
    with reading(package.place), package.place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _called(contents: Contents) -> str:
    sealed = contents.sealed
    if sealed is None:
        return ""
    mark = REHEARSAL_MARK if sealed.about["rehearsal"] else ""
    return f"{mark}{sealed.about['title']},第{sealed.no}号定稿“{sealed.name}”,{sealed.by}于{sealed.day}定稿"


# The four checks ------------------------------------------------------------------------------------------------------


def _safe_said(package: Package) -> Iterator[str]:
    yield f"{len(package.sizes)}个文件的名称、链接、重名、加密、压缩方法和解压后的大小"
    yield "没有查杀病毒,接收时请另用杀毒软件检查"


def _authentic(package: Package, contents: Contents, outcome: Outcome) -> Tested:
    ours, in_archive = archive_troubles(package)
    troubles = (
        *_of(Check.AUTHENTIC, package.troubles),
        *_of(Check.AUTHENTIC, contents.troubles),
        *in_archive,
        *digest_troubles(contents),
        *edition_troubles(package, contents),
        *return_troubles(contents),
        *stated_troubles(package, contents),
        *_again_troubles(contents, outcome),
    )
    said = [f"{len(contents.listed)}个文件逐个计算 SHA-256,与 {MANIFEST} 比较"]
    if ours:
        said.append("压缩包里文件以外的每个字节")
    if contents.sealed:
        sealed = contents.sealed
        said.append(f"定稿的{len(sealed.files)}个文件、{len(sealed.returns)}份收回的文件,与定稿时记下的数字摘要比较")
        said.append(f"{sealed.record.count}条审核决定是不是前后相接")
        said.append(f"{METADATA} 写的定稿、数字摘要,与 {TOLD} 和文件比较")
    if outcome.same:
        said.append(f"用包里的原件重新收表、计分、排名,{'、'.join(COMPARED)} 与定稿逐字节相同")
    return Tested(check=Check.AUTHENTIC, said=tuple(said), troubles=tuple(dict.fromkeys(troubles)))


def _again_troubles(contents: Contents, outcome: Outcome) -> Iterator[Trouble]:
    if outcome.failed:
        yield Trouble(check=Check.AUTHENTIC, wrong=Wrong.NOT_AGAIN, detail=outcome.failed)
    for name, at in outcome.differs:
        said = at or "内容都一样,只是字节不同"
        path = f"{contents.edition}/结果/{name}"
        yield Trouble(check=Check.AUTHENTIC, wrong=Wrong.AGAIN_DIFFERS, path=path, detail=said)


def _complete(package: Package, contents: Contents) -> Tested:
    troubles = (*complete_troubles(package, contents), *print_troubles(package, contents))
    said = [f"清单列出的{len(contents.listed)}个文件在不在、有没有多的;件数、字节数与元数据比较"]
    if contents.sealed:
        forms = sum(bool(each.file) for each in contents.sealed.units)
        said.append(
            f"定稿列出的{len(contents.sealed.returns)}份收回的文件在不在,其中{forms}个单位计分的表;决定所依据的审核表在不在"
        )
    return Tested(check=Check.COMPLETE, said=tuple(said), troubles=troubles)


def _usable(package: Package, contents: Contents, progress: Progress) -> Tested:
    found = usable_troubles(package, contents, lambda paths: _tracked(progress, paths, "打开"))
    troubles = (*_of(Check.USABLE, contents.troubles), *found)
    printed = sum(map(is_printed, package.sizes))
    said = [f"打开{len(papers_of(contents))}个表、文档和数据文件,和{len(forms_of(contents))}份计分的表"]
    said.append(f"{printed}份 PDF 能不能打开,是不是声明为 PDF/A-2b" if printed else "没有 PDF")
    said.append("其余原件和佐证材料在重新生成时打开")
    return Tested(check=Check.USABLE, said=tuple(said), troubles=tuple(dict.fromkeys(troubles)))


def _hints(package: Package, contents: Contents) -> Iterator[str]:
    if litter := litter_in(package, contents):
        yield f"系统自己放的{len(litter)}个文件不是包里的:{'、'.join(litter[:3])}"
    if package.archive is not None and package.archive.filelist and not archive_troubles(package)[0]:
        yield "压缩包是别的程序重新压缩的,文件以外的字节没有检查"
    if not any(map(is_printed, package.sizes)):
        yield "包里没有 PDF,原因见 说明.txt"
    again = contents.again
    if again and again.program != program_digest():
        yield f"定稿时的程序 {_version(again.version, again.program)},现在的程序 {_version(program_version(), program_digest())},不是同一个"


def _version(version: str, digest: str) -> str:
    return f"{version or '未标版本'}({digest[:12]})"


# Made anew ------------------------------------------------------------------------------------------------------------


def _outcome(package: Package, contents: Contents, order: VerifyOrder, progress: Progress) -> Outcome:
    progress.say("重新生成排名…")
    again, folder = contents.again, f"{contents.edition}/结果"
    results = {name: f"{folder}/{name}" for name in COMPARED}
    rows = [row for row in contents.rows if not row.stored or row.stored in contents.digests]
    if again is None or not rows or not all(path in contents.digests for path in results.values()):
        return Outcome(failed=_LACKS)
    key = Workspace(Path()).key_file.name
    if not any(row.path == key for row in rows):
        return Outcome(failed=f"{_LACKS}({AGAIN}/{key})")
    if again.locked and not order.passwords:
        return Outcome(failed=_NEEDS_PASSWORDS)

    def collected(root: Path, again: Again) -> str:
        return regenerate(root, again, passwords=order.passwords, jobs=order.jobs)

    try:
        sealed = {name: package.read(path, PAPER) for name, path in results.items()}
        size = sum(package.sizes[row.stored] for row in rows if row.stored)
        return make_again(again, rows, package.pieces, size, sealed, collected)
    except UNREADABLE as error:
        return Outcome(failed=f"{_LACKS}({type(error).__name__})")
