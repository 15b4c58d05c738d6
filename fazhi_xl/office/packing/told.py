"""What a run of packing says: one line for each thing, with a few names."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.packing.folder import Packed, sized
from fazhi_xl.office.packing.plan import PENDING, UNLISTED, Plan
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.reports.packing_list import LACKING, MANIFEST, NAME
from fazhi_xl.rounds.inspected import Fault
from fazhi_xl.rounds.round import Round
from fazhi_xl.text.identity_numbers import without_identity_numbers

GONE = "收表以后变了,没有放进来,请再运行一次"
_NAMED = 5
_AFTER = "已经放好的都在,处理后再运行一次,接着做。"


def told_before(round_: Round, plan: Plan) -> Iterator[str]:
    """Say before anything is packed what has to be looked at first."""
    if not plan.wanted:
        yield "没有可以上报的材料。请把佐证材料放进以项目序号命名的文件夹,和表一起收,再运行一次。"
    if not round_.notice.about.texts.evidence:
        yield "这份通知没有要求报送佐证材料。"
    private = dict.fromkeys(without_identity_numbers(each.place) for each in plan.entries if each.private)
    if private:
        yield f"有{len(private)}份材料的内容或名称里有公民身份号码,交出去之前先请单位遮去、改名后重新报送:{_named(private)}。"

    if unchecked := dict.fromkeys(each.place for each in plan.entries if Fault.UNCHECKED.word in each.said):
        yield f"有{len(unchecked)}份材料的格式不能自动检查,有没有公民身份号码请打开看一眼:{_named(unchecked)}。"


def told_after(space: Workspace, round_: Round, plan: Plan, done: Packed) -> Iterator[str]:
    """Say what stands in 上报 now, what was done about what others did there, and what is lacking."""
    yield from _of_people(done)
    if done.changed:
        yield f"收表以后原件变了或读不出来的{len(done.changed)}份,没有放进 上报:{_named(done.changed)}。请再运行一次。"
    if done.unread:
        yield (
            f"设了密码或已损坏、读不出来的{len(done.unread)}份,没有放进 上报:{_named(done.unread)}。"
            "请单位重新报送;压缩包有密码的,收表时给出密码。"
        )
    yield from _of_plan(round_.notice.about.words.item, plan)
    files = [each for each in plan.wanted if each.target in done.kept]
    size = sized(sum(each.arrival.size for each in files))
    new = f"这次复制{len(done.copied)}份" if done.copied else "都已在,没有重新复制"
    gone = f",撤走不再需要的{len(done.removed)}份" if done.removed else ""
    yield (f"上报材料{len(files)}份({size}),{new}{gone}:{space.packed}。目录在 {NAME}.xlsx;再运行一次就逐个核对。")


def _of_people(done: Packed) -> Iterator[str]:
    if done.restored:
        yield f"上次放好以后被删掉的{len(done.restored)}份已重新放好:{_named(done.restored)}。"
    if done.aside:
        kept = _named([f"{path} → {name}" for path, name in done.aside.items()])
        yield f"在 上报 里被改动过的{len(done.aside)}份已用原件重新放好,改动过的另存在旁边:{kept}。"
    if done.left:
        yield f"不再需要、但被改动过的{len(done.left)}份没有动,请自己看要不要删:{_named(done.left)}。"
    if done.foreign:
        yield f"上报 里有{len(done.foreign)}个不是由本命令放的文件,没有动,也不在目录和 {MANIFEST} 里:{_named(done.foreign)}。"


def _of_plan(item: str, plan: Plan) -> Iterator[str]:
    if plan.pending:
        waiting = [each.target for each in plan.wanted if each.target.startswith(f"{PENDING}/")]
        yield (
            f"{plan.pending}份材料不能确定是哪个单位或哪一项的,放在 {PENDING}:{_named(waiting)}。"
            f"把文件在 回收 里移到写明单位的文件夹下、以{item}序号命名的文件夹里,再运行一次。"
        )
    if unlisted := sum(UNLISTED in each.said for each in plan.entries):
        yield f"{UNLISTED}的{unlisted}份,也放进去了,{NAME}的“说明”里有。"
    if plan.lacks:
        units = dict.fromkeys(each.unit for each in plan.lacks if each.item is None and not each.sub_point)
        none = f",其中一份材料也没有的单位{len(units)}个:{_named(units)}" if units else ""
        yield f"没有文件的{len(plan.lacks)}处{none}。见 {NAME}.xlsx 的“{LACKING}”。"


def _named(names: Collection[str]) -> str:
    return without_identity_numbers("、".join(list(names)[:_NAMED])) + _more(names)


def _more(names: Collection[object]) -> str:
    return f"等{len(names)}个" if len(names) > _NAMED else ""


def faults_said(done: Packed, last: WrongUseError | None = None) -> Iterator[str]:
    """Say what could not be written, in a few lines, and that the next run goes on."""
    every = [*done.faults, *([last] if last else ())]
    yield from map(str, every[:_NAMED])
    if len(every) > _NAMED:
        yield f"另有{len(every) - _NAMED}个文件也没有写成。"
    yield _AFTER
