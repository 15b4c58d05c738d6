"""Archiving: the newest sealed edition with all that it rests on becomes a package, whole or not at all, that is tested at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from fazhi_xl.disk import rename_over
from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.archiving.again import COMPARED, Outcome, make_again
from fazhi_xl.office.archiving.layout import Part
from fazhi_xl.office.archiving.order import Again
from fazhi_xl.office.archiving.plan import Plan, package_file, packed, pages_of, planned
from fazhi_xl.office.archiving.prints import Prints, prints
from fazhi_xl.office.archiving.verified import Verified
from fazhi_xl.office.archiving.write import read_pieces, write_package
from fazhi_xl.office.commands.regenerate import regenerate
from fazhi_xl.office.commands.verify_package import VerifyOrder, verify
from fazhi_xl.office.packing.folder import digest_of
from fazhi_xl.office.sealing.edition import TOLD
from fazhi_xl.office.sealing.editions import read_editions
from fazhi_xl.office.sealing.grounds import CATALOGUE, FOLDER
from fazhi_xl.office.workspace.folder import Workspace, writing
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.program import program_digest, program_version
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.text.commands import Command
from fazhi_xl.text.file_names import set_aside

_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOrder:
    """The passwords that open what was sent locked, and the number of processes."""

    passwords: tuple[str, ...] = ()
    jobs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """The package, what testing it came to, and what of it somebody has to look at; `anew` says that it was made by this run."""

    path: Path
    verified: Verified
    lines: tuple[str, ...] = ()
    anew: bool = True
    lacking: bool = False

    @property
    def needs_attention(self) -> bool:
        return self.lacking or not self.verified.passed


def archive(space: Workspace, order: ArchiveOrder, progress: Progress) -> Archived:
    """Make the package of the newest edition; one that is there already is tested and stays, and made anew where it is spoilt.

    Raises WrongUseError where nothing is sealed, an edition was changed, or the package cannot be written: then there is none.
    """
    space.issued_campaign()
    with locked(space, "归档", progress) as alive:
        editions = read_editions(space)
        if editions.newest is None:
            raise WrongUseError(
                "还没有定稿,没有可以归档的。请先定稿,例如:", Command.SEAL, " 第一稿 ", Command.BY, " 张三"
            )
        if editions.faults:
            raise WrongUseError("\n".join([*editions.faults, "定稿和定稿时不一样了,没有归档。请先处理上面的问题。"]))
        sealed = editions.newest
        notice = load(space.sealed / sealed.folder / FOLDER / CATALOGUE)
        target = package_file(space, notice, sealed)
        if kept := _kept(target, digest_of(space.sealed / sealed.folder / TOLD), order, alive):
            return kept
        return _made(space, notice, planned(space, editions.sealed), target, order, alive)


def _kept(target: Path, edition: str | None, order: ArchiveOrder, progress: Progress) -> Archived | None:
    """Test a package that is there; one that is spoilt, or of another edition of this name, is set aside."""
    if not target.exists():
        return None
    verified = verify(VerifyOrder(place=target, passwords=order.passwords, jobs=order.jobs), progress)
    if verified.intact and verified.edition == edition:
        return Archived(path=target, verified=verified, anew=False, lines=(f"已经归档,包是完整的:{target}",))
    names = (target.with_name(set_aside(target.name, no)) for no in count(1))
    aside = next(each for each in names if not each.exists())
    with writing(target):
        rename_over(target, aside)
    for each in verified.troubles[:_NAMED]:
        progress.say(f"原来的归档包 {each.told}")
    why = "是同名的另一次定稿的" if verified.intact else "已损坏或改动过"
    progress.say(f"原来的归档包{why},另存为 {aside.name},重新归档。")
    return None


def _made(
    space: Workspace, notice: Notice, plan: Plan, target: Path, order: ArchiveOrder, progress: Progress
) -> Archived:
    progress.say("重新生成排名,看归档的材料够不够…")
    plan, outcome = _tried(space, plan, order)
    progress.say("做 PDF…")
    made = prints(pages_of(space, plan.sealed), order.jobs)
    parts = packed(plan, notice, made, version=program_version(), program=program_digest())
    space.make(space.packages)
    write_package(target, parts, lambda each: _tracked(progress, each))
    verified = verify(VerifyOrder(place=target, outcome=outcome), progress)
    lacking = bool(made.lacking or plan.left)
    return Archived(path=target, verified=verified, lacking=lacking, lines=tuple(_told(plan, made, target, verified)))


def _tracked(progress: Progress, parts: Iterable[Part]) -> Iterable[Part]:
    every = list(parts)
    return progress.track(every, "归档", len(every))


def _told(plan: Plan, made: Prints, target: Path, verified: Verified) -> Iterator[str]:
    if made.lacking:
        yield (
            f"{made.why},{len(made.lacking)}份没有做成 PDF:{_some(made.lacking)}。包里没有这些 PDF,元数据.xml 写明了。"
            "装好 LibreOffice(Windows、Mac 用它的安装程序,Debian、统信、麒麟装 libreoffice-calc、libreoffice-writer)"
            "后移开这个包,再运行一次。"
        )
    if plan.left:
        yield f"读不出来、没有放进包里的{len(plan.left)}个文件:{_some(plan.left)}。请检查后移开这个包,再运行一次。"
    if plan.late:
        yield f"定稿以后收到、不在定稿里的{len(plan.late)}个文件没有归档:{_some(plan.late)}。要归档的,先收表、重新定稿。"
    if not verified.outcome.same:
        yield (
            "用包里的材料重新生成的,与定稿不一样:定稿以后改动过文件的,请放回原样,或者重新收表、定稿,再归档;"
            f"定稿时用了密码的,移开这个包,加 {Command.PASSWORDS} 再运行一次。"
        )
    yield f"已归档:{target}"
    yield f"SHA-256 {verified.sha256},请记入归档登记。"


def _some(names: Iterable[str]) -> str:
    every = list(names)
    return "、".join(every[:_NAMED]) + (f"等{len(every)}个" if len(every) > _NAMED else "")


# Tried before it is written -------------------------------------------------------------------------------------------


def _tried(space: Workspace, plan: Plan, order: ArchiveOrder) -> tuple[Plan, Outcome]:
    """Make the ranking anew of what is to be archived, without passwords where that can be done."""
    outcome = _again(space, plan, (), order.jobs)
    if outcome.same or not order.passwords:
        return plan, outcome
    locked_plan = replace(plan, again=replace(plan.again, locked=True))
    return locked_plan, _again(space, locked_plan, order.passwords, order.jobs)


def _again(space: Workspace, plan: Plan, passwords: tuple[str, ...], jobs: int) -> Outcome:
    sources = plan.sources
    folder = space.sealed / plan.sealed.folder / "结果"

    def collected(root: Path, again: Again) -> str:
        return regenerate(root, again, passwords=passwords, jobs=jobs)

    size = sum(sources[row.stored].size for row in plan.rows if row.stored)
    sealed = {name: (folder / name).read_bytes() for name in COMPARED}
    return make_again(plan.again, plan.rows, lambda path: read_pieces(sources[path]), size, sealed, collected)
