"""The steps that are double-clicked: the command that each is, and what its reader is told at the end by how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fazhi_xl.addin.open_book import opened
from fazhi_xl.cli import WRONG_USE
from fazhi_xl.cli.console import ATTENTION, DONE, UNEXPECTED, show
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.workspace.folder import REHEARSAL_FOLDER, Workspace
from fazhi_xl.starters.settings import FILE, Settings
from fazhi_xl.text.commands import Starter

Told = tuple[str, str]
"""What was done, and what comes next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one starter runs, which gives an exit status, and what is told for each status that is no failure."""

    run: Callable[[Settings], int]
    told: Callable[[Settings], Mapping[int, Told]]


def _rehearse(settings: Settings) -> int:
    from fazhi_xl.cli.collect_command import main  # noqa: PLC0415 - each step loads its own command

    return main(["--rehearse", "--campaign", settings.campaign, "--out", str(settings.out), "--open"])


def _check(settings: Settings) -> int:
    from fazhi_xl.cli.build_command import main  # noqa: PLC0415 - as above

    return main([settings.campaign, "--check"])


def _issue(settings: Settings) -> int:
    from fazhi_xl.cli.build_command import main  # noqa: PLC0415 - as above

    return main([settings.campaign, "--out", str(settings.out)])


def _collect(settings: Settings) -> int:
    from fazhi_xl.cli.collect_command import main  # noqa: PLC0415 - as above

    return main(["--out", str(settings.out)])


def _show(settings: Settings) -> int:
    path = Workspace(settings.out).results / RANKING_FILE
    show(opened(path))
    return DONE if path.exists() else WRONG_USE


def _rehearsed(settings: Settings) -> Mapping[int, Told]:
    results = Workspace(settings.out / REHEARSAL_FOLDER).results
    did = f"用编造的数据走完了一轮,都写在 {results.parent},和真实的一轮互不影响。"
    return {
        DONE: (
            did,
            f"打开 {results / RANKING_FILE} 看结果是什么样子;演练的文件夹可以删去。真做时从{Starter.CHECK.quoted}开始。",
        )
    }


def _checked(settings: Settings) -> Mapping[int, Told]:
    did = f"检查了工作目录 {settings.campaign},什么也没有改动。"
    change = f"换一个工作目录,或换一个文件夹,用记事本改 {FILE}。"
    return {DONE: (did, f"上面列出的疑点,看一遍,要改的先改;没有要改的,双击{Starter.ISSUE.quoted}。{change}")}


def _issued(settings: Settings) -> Mapping[int, Told]:
    space = Workspace(settings.out)
    keep = f"{space.key_file} 请另存一份,丢了就认不出收回的表"
    comes = (
        f"把 {space.issued} 里的表发给各单位;收到的文件放进 {space.returns},再双击{Starter.COLLECT.quoted}。{keep}。"
    )
    again = f"确实要重新发放,双击{Starter.PROMPT.quoted},输入 fazhi-build --force;新的一轮,先在 {FILE} 里换一个文件夹。"
    issued = {DONE: (f"每个单位一份表,都在 {space.issued}。", comes)}
    if any(space.issued.glob("*.xlsx")):
        issued[WRONG_USE] = ("没有重新发放,原因写在上面;已经发放的表没有改动。", f"{comes}{again}")
    return issued


def _collected(settings: Settings) -> Mapping[int, Told]:
    space = Workspace(settings.out)
    did = f"{space.returns} 里的文件都读了、查了、算了分,结果写在 {space.results / RANKING_FILE}。"
    look = f"双击{Starter.SHOW.quoted}看排名。"
    more = f"再收到文件,放进 {space.returns},再双击{Starter.COLLECT.quoted}。"
    mend = f"有单位要改正,或有文件要处理:看“问题清单”;{space.corrections} 里的文件发给单位改。"
    return {DONE: (did, look + more), ATTENTION: (did, look + mend + more)}


def _shown(settings: Settings) -> Mapping[int, Told]:
    review = Workspace(settings.out).review
    comes = f"审核在 {review} 的审核表里填,填完存盘关闭,再双击{Starter.COLLECT.quoted}。"
    return {
        DONE: ("打开结果;没有自己打开的,它在哪里写在上面。", comes),
        WRONG_USE: ("还没有结果可以打开。", f"先双击{Starter.COLLECT.quoted},再双击{Starter.SHOW.quoted}。"),
    }


STEPS: Mapping[Starter, Step] = {
    Starter.REHEARSE: Step(run=_rehearse, told=_rehearsed),
    Starter.CHECK: Step(run=_check, told=_checked),
    Starter.ISSUE: Step(run=_issue, told=_issued),
    Starter.COLLECT: Step(run=_collect, told=_collected),
    Starter.SHOW: Step(run=_show, told=_shown),
}


def failed(starter: Starter, status: int) -> Told:
    """Say how it goes on where a step came to nothing."""
    if status == UNEXPECTED:
        return "出了意外,没有做完;已经写好的文件是完整的。", "把上面写的日志文件交维护人员。"
    hint = f"上面写着 fazhi-build、fazhi-collect 或 -- 开头的,双击{Starter.PROMPT.quoted}再输入。"
    return "没有做成,原因写在上面。", f"按上面写的改好,再双击{starter.quoted}。{hint}"
