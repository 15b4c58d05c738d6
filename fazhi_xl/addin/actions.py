"""The console's actions: each is a use case of the office, with its settings from the sheet and its results on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from fazhi_xl.addin import layout, post_actions, queue, setup_actions
from fazhi_xl.addin.desk import NAMES, Desk
from fazhi_xl.addin.host import Host
from fazhi_xl.errors import FazhiError, WouldDropAnswersError, WrongUseError
from fazhi_xl.findings import Severity
from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.lint_blanks import blanks
from fazhi_xl.notice.load import find_campaign, place_remarks
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder, collected
from fazhi_xl.office.commands.examine import examine
from fazhi_xl.office.commands.issue import IssuedFiles, IssueOrder, find_unit, issue
from fazhi_xl.office.commands.issue_summary import issue_summary
from fazhi_xl.office.commands.last_status import last_status
from fazhi_xl.office.commands.summary import open_lines, round_summary
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.returns.sources import Sources, passwords_in
from fazhi_xl.office.review.display import still_open
from fazhi_xl.office.review.session import Review, ReviewOrders
from fazhi_xl.office.review.write_books import BOOK
from fazhi_xl.office.workspace.catalogue import TEMPLATES, keep_copy, open_campaign
from fazhi_xl.office.workspace.error_log import error_text, write_log
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.open_files import is_open, opened_by
from fazhi_xl.office.workspace.processes import default_jobs
from fazhi_xl.reports.filing.finding_lines import grouped
from fazhi_xl.reports.filing.review_progress import begun, progress, undecided_words
from fazhi_xl.rounds.round import Round

Action = Callable[[Desk], str]
"""Carries out one use case, and gives what the message box says, blank for no box."""


def run(host: Host) -> None:
    """Run the chosen action; results and errors are shown, and the status bar is always cleared."""
    desk = Desk(host)
    try:
        if words := _chosen(host)(desk):
            desk.lines.append(words)
            host.tell(words)
    except FazhiError as error:
        _failed(desk, error_text(error, NAMES))
    except Exception as error:  # noqa: BLE001 - the one place where the unexpected ends
        _failed(desk, _log(error))
    finally:
        _leave(desk)


def _chosen(host: Host) -> Action:
    label = host.setting(layout.ACTION)
    if label not in ACTIONS:
        raise WrongUseError(f"没有“{label}”这个动作。请在“动作”一格的列表里选一项。")
    host.status(f"{label}:正在进行……")
    return ACTIONS[label]


def _failed(desk: Desk, why: str) -> None:
    desk.lines.append(why)
    desk.host.tell(why, wrong=True)


def _log(error: Exception) -> str:
    for folder in (Path.cwd(), Path.home()):
        try:
            return write_log(error, folder)
        except OSError:
            continue
    return f"出现意外错误({type(error).__name__}:{error})。请告诉维护人员。"


def _leave(desk: Desk) -> None:
    """Show the messages, newest first, and clear the status bar even if that fails."""
    room = layout.AREAS[layout.LOG].room
    clock = desk.now.strftime("%H:%M")
    try:
        if desk.lines:
            desk.host.show_table(layout.LOG, [[f"{clock}  {line}"] for line in reversed(desk.lines)][:room])
    finally:
        desk.host.status("")


# Issuing -------------------------------------------------------------------------------------------------------------


def _check(desk: Desk) -> str:
    notice = open_campaign(desk.campaign)
    odd, blank = lint(notice), blanks(notice)
    found = place_remarks(notice.folder, (*odd, *blank))
    desk.show(
        layout.FINDINGS, [["提示", each.file, each.line and f"第{each.line}行", None, each.text] for each in found]
    )
    left = f"和{len(blank)}处没有填的" if blank else ""
    return f"工作目录可以用,有{len(odd)}处通知本身的疑点{left},列在“{layout.FINDINGS}”里。"


def _issue(desk: Desk) -> str:
    space, notice = desk.space, open_campaign(desk.campaign)
    again = any(space.issued.glob("*.xlsx"))
    if again and not desk.host.ask("已经发放过表。重新生成会覆盖同名的表;已经发出去的表仍然可以收。继续吗?"):
        return "没有生成,原来的表都没有动。"
    order = IssueOrder(units=desk.units, previous=_last_round(desk), force=again, jobs=default_jobs())
    built = _issued(desk, notice, space, order)
    if built is None:
        return "没有生成,原来的表都没有动。"
    keep_copy(space, find_campaign(desk.campaign, TEMPLATES))
    _show_units(desk)
    return "\n".join(issue_summary(built, space))


def _last_round(desk: Desk) -> Path | None:
    """Give the folder of the last round; of last year's catalogue, which setting up a round takes as well, nothing is carried over."""
    named = desk.host.setting(layout.PREVIOUS)
    if named and not Workspace(Path(named)).campaign_file.is_file():
        with suppress(WrongUseError):
            find_campaign(named, TEMPLATES)
            desk.say(f"“{layout.PREVIOUS}”写的是工作目录,不是上一轮的输出文件夹,没有带入上期的数。")
            return None
    return desk.path(layout.PREVIOUS)


def _issued(desk: Desk, notice: Notice, space: Workspace, order: IssueOrder) -> IssuedFiles | None:
    """Issue, after asking where returns hold answers that would be dropped; None where they are to stay."""
    try:
        return issue(notice, space, order, desk, today=desk.now.date())
    except WouldDropAnswersError as error:
        desk.lines.extend(reversed(error_text(error, NAMES).splitlines()))
        if not desk.host.ask(f"{error.parts[0].strip()}原来的填报和决定都留着。确实要去掉吗?"):
            return None
    return issue(notice, space, replace(order, drop_answers=True), desk, today=desk.now.date())


# Collecting ----------------------------------------------------------------------------------------------------------


def _collect(desk: Desk) -> str:
    done, _ = _collected(desk)
    return "\n".join(round_summary(done, desk.space))


def _merge(desk: Desk) -> str:
    done, review = _collected(desk)
    found = [[each.severity.word, book, each.place.field, each.value, each.message] for book, each in done.review]
    desk.show(layout.FINDINGS, found)
    more = f"审核表里有{len(found)}处要看,列在“{layout.FINDINGS}”里。" if found else ""
    return f"{_progress(done)}{more}{_open(review)}"


def _write_back(desk: Desk) -> str:
    typed = tuple(queue.entries(desk.host.read_table(layout.QUEUE)))
    if not typed:
        return f"“{layout.QUEUE}”里没有填写核定分,没有写回。"
    done, review = _collected(desk, write=True)
    wrong = {code for code, _ in review.taken.faults}
    left = f"{len(wrong)}行没有记录,原因写在“{layout.RESULT}”一列,改好后再写回。" if wrong else ""
    return f"{len(typed) - len(wrong)}行已经记录。{left}{_progress(done)}{_open(review)}"


def _restore(desk: Desk) -> str:
    done, review = _collected(desk, restore=True)
    return f"{desk.lines[0]}\n{_progress(done)}{_open(review)}"


def _progress(done: Round) -> str:
    """Say how far the review has come, and what kinds of rows keep the ranking from being official."""
    return (progress(done) if begun(done) else "还没有审核。") + "".join(undecided_words(done))


def _open(review: Review) -> str:
    return f"待审{len(still_open(review).cases)}个得分点。"


def _collected(desk: Desk, *, write: bool = False, restore: bool = False) -> tuple[Round, Review]:
    """Collect; refresh the units' status and the review queue. Entries that were not recorded stay in the queue."""
    space, notice = desk.space, desk.notice
    units = tuple(find_unit(notice, name) for name in desk.units)
    _free(desk.host, space)
    typed = tuple(queue.entries(desk.host.read_table(layout.QUEUE)))
    folder, passwords = desk.path(layout.RETURNS), passwords_in(desk.path(layout.PASSWORDS))
    sources = Sources(paths=(folder,) if folder else (), passwords=passwords, jobs=default_jobs())
    order = CollectOrder(sources=sources, review=ReviewOrders(entered=typed if write else ()), restore=restore)
    done, review = collected(notice, space, order, desk, now=desk.now)
    _show_units(desk)
    for line in open_lines(done.open):
        desk.say(line)
    dossier = still_open(review)
    desk.show(layout.QUEUE, queue.rows(dossier, units, typed, review.taken))
    for words in queue.left_out(dossier, typed, review.taken, written=write):
        desk.say(words)
    return done, review


def _free(host: Host, space: Workspace) -> None:
    """Raise WrongUseError if a workbook that would be overwritten is open."""
    if is_open(space.review / BOOK):
        raise WrongUseError(
            f"{space.review / BOOK} 正打开着{opened_by(space.review / BOOK)},里面可能有没存盘的核定分。请存盘、关闭后再来。"
        )
    ranking = space.results / RANKING_FILE
    if not host.release_book(ranking) or is_open(ranking):
        raise WrongUseError(f"{ranking} 正打开着{opened_by(ranking)},没有收表。请关闭后再来。")


# Writing to the units -------------------------------------------------------------------------------------------------


def _send(desk: Desk) -> str:
    return post_actions.send(desk, _round)


def _receive(desk: Desk) -> str:
    post_actions.receive(desk)
    return _collect(desk)


def _remind(desk: Desk) -> str:
    return post_actions.remind(desk, _round)


def _round(desk: Desk) -> Round:
    return _collected(desk)[0]


# Looking -------------------------------------------------------------------------------------------------------------


def _examine(desk: Desk) -> str:
    file = desk.path(layout.CHECKED)
    if file is None:
        raise WrongUseError(f"“{layout.CHECKED}”空着。请写一份收回的表的完整路径。")
    examined = examine(desk.notice, desk.space, file, desk, passwords=passwords_in(desk.path(layout.PASSWORDS)))
    lines = [line for each in examined.files for line in grouped(each.findings)]
    desk.show(
        layout.FINDINGS,
        ([each.severity.word, each.first.place.sheet, each.cells, each.values, each.message] for each in lines),
    )
    verdicts = []
    for each in examined.files:
        severities = [found.severity for found in each.findings]
        counts = "".join(f",{level.word}{severities.count(level)}处" for level in Severity)
        verdicts.append(f"{each.unit or '(认不出单位)'}:{each.status.word}{counts}。{each.path}")
    return "\n".join(verdicts)


def _rank(desk: Desk) -> str:
    done, _ = _collected(desk)
    _show_ranking(desk)
    for line in round_summary(done, desk.space):
        desk.say(line)
    return ""


def _show_ranking(desk: Desk) -> str:
    path = desk.space.results / RANKING_FILE
    if not path.exists():
        raise WrongUseError(f"还没有 {path}。请先“收表”。")
    desk.host.open_book(path)
    return ""


def _show_units(desk: Desk) -> str:
    """Show how the units stood after the last run; gives what was undecided then, in words."""
    last = last_status(desk.space)
    desk.show(layout.STATUS, last.units)
    return last.undecided


def _refresh(desk: Desk) -> str:
    if undecided := _show_units(desk):
        desk.say(undecided)
    return ""


ACTIONS: Mapping[str, Action] = {
    "预检": _check,
    "生成": _issue,
    "收表": _collect,
    "校验一份": _examine,
    "审核合并": _merge,
    "写回核定": _write_back,
    "排名": _rank,
    "打开结果": _show_ranking,
    "恢复审核记录": _restore,
    "刷新状态": _refresh,
    "发送": _send,
    "催报": _remind,
    "收信": _receive,
    "准备下一年": setup_actions.move_on,
    "从通知起草": setup_actions.draft,
    "写目录工作簿": setup_actions.write_book,
    "检查目录工作簿": setup_actions.check_book,
    "写回工作目录": setup_actions.bring_back,
    "与上年比较": setup_actions.compare,
}
