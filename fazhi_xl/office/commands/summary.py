"""The closing lines of a collect: how the round stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from fazhi_xl.findings import Code, Severity
from fazhi_xl.findings.catalogue import OF_ORIGIN
from fazhi_xl.office.outputs.publish import BULLETIN
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.review.write_books import BOOK
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace
from fazhi_xl.reports.filing.finding_lines import grouped
from fazhi_xl.reports.media.titles import FEEDBACK, RECEIPTS, state
from fazhi_xl.reports.ranking.headline import headline
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.rounds.switched import effects, told_otherwise
from fazhi_xl.rounds.undecided import OpenMatter, by_kind

_NAMED = 6
_TO_CORRECT = frozenset({Severity.FATAL, Severity.ERROR})


def in_brief(round_: Round) -> str:
    """Say in a few words how a round stands."""
    refused = sum(file.status is Status.REJECTED for file in round_.files)
    back = f",须修改{len(round_.to_correct)}家" if round_.to_correct else ""
    unread = f",不能读取的文件{refused}份" if refused else ""
    return f"应报{len(round_.due)}家,已报{len(round_.returned)}家{back}{unread},{state(round_)}"


def round_summary(round_: Round, space: Workspace, *, report_only: bool = False) -> Iterator[str]:
    """Say how the round stands, where the results lie, and of each return that needs attention its first fault.

    A fault comes with its cells, and with how many more there are. With `report_only` nothing but report.json was written.
    """
    for sentence in headline(round_):
        yield round_.mark + sentence
    for file in round_.files:
        if file.status in {Status.NEEDS_CORRECTION, Status.REJECTED}:
            first, *others = (line for line in grouped(file.findings) if line.severity in _TO_CORRECT)
            more = sum(len(line.findings) for line in others)
            yield f"  {file.path}:{first.with_place}" + (f"(另有{more}处)" if more else "")
    yield from _gone_by(round_)
    yield from _misplaced(round_)
    yield from _doubtful(round_)
    yield from _unopened(round_)
    yield from _after_sealing(round_)
    yield from _switched(round_)
    if report_only:
        yield f"各单位得分:{space.results / REPORT_FILE}(只算分,没有写排名表、审核表等)"
        return
    yield from _open(round_, space)
    yield f"排名表:{space.results / RANKING_FILE}"
    for what, folder in (("各单位的回执", RECEIPTS), ("各单位的反馈单", FEEDBACK), ("通报版和通报稿", BULLETIN)):
        if (there := space.results / folder).is_dir():
            yield f"{what}:{there}"
    if (back := space.corrections).is_dir():
        yield f"退回修改的表和邮件文字:{back}"


_OF_OFFICE = frozenset({Code.OFFICE_FILE, Code.MAIL_BOUNCED, Code.MAIL_DELAYED})


def _misplaced(round_: Round) -> Iterator[str]:
    """Name the office's own files among the returns, and its mail that did not arrive; count what programs sent."""
    for file in round_.files:
        for found in file.findings:
            if found.code in _OF_OFFICE:
                yield f"  {file.path}:{found.message}"
    if sent := sum(found.code is Code.MAIL_AUTOMATIC for file in round_.files for found in file.findings):
        yield f"  有{sent}封自动回复或已读回执,不是报来的表,见“问题清单”。"


def _gone_by(round_: Round) -> Iterator[str]:
    """Say which days of the catalogue have gone by that units are asked to keep: they are left blank; none may ask for a review then."""
    about, today = round_.notice.about, round_.generated.date()
    asked = (("corrections_due", about.dates.corrections_due), ("supplement_due", about.feedback.supplement_due))
    for key, due in asked if round_.returned and not round_.mark else ():
        if due and due < today:
            yield (
                f"  notice.toml 的 {key}({due})已经过了,要单位照办的文字里这个日期留空:请改期后再收一次表,或在发出前手填。"
            )
    due = about.dates.appeals_due
    if due and due < today and round_.official and not round_.mark:
        yield f"  notice.toml 的 appeals_due({due})已经过了,反馈单不再带“复核申请”表:还要受理的,请改期后再收一次表。"


def _doubtful(round_: Round) -> Iterator[str]:
    """Name the forms whose name, folder or sender is another unit's, as far as nobody has vouched for them."""
    doubts = [(file, found) for file in round_.files for found in file.findings if found.code in OF_ORIGIN]
    for file, found in doubts[:_NAMED]:
        yield f"  {file.path}:{found.message}"
    if len(doubts) > _NAMED:
        yield f"  像这样文件名、文件夹或发件人与表不符的共{len(doubts)}处,见“问题清单”。"


def _unopened(round_: Round) -> Iterator[str]:
    """Count what lies among the evidence and may hold a form, with the first of them."""
    files = [file for file in round_.files for found in file.findings if found.code is Code.EVIDENCE_UNOPENED]
    if files:
        missing = f",还有{len(round_.missing)}家没有报送" if round_.missing else ""
        said = f"  项目文件夹里有{len(files)}个没有拆开的压缩包或邮件{missing}:"
        yield f"{said}里面如果有任务分解表,请取出来放进回收文件夹。第一个:{files[0].path}"


def _after_sealing(round_: Round) -> Iterator[str]:
    """Count the returns that came after the results were sealed and wait for the office's reason, with the first of them."""
    held = [(file, found) for file in round_.files for found in file.findings if found.code is Code.AFTER_SEALING]
    if held:
        file, found = held[0]
        yield f"  定稿以后才收到、没有计入的{len(held)}份,第一份是 {file.path}:{found.message}"


def _switched(round_: Round) -> Iterator[str]:
    """Say how many findings the office's switches changed, and of how many units the forms say otherwise."""
    changed = Counter[str]()
    for each in effects(round_.notice.switches, round_.files):
        changed[each.switch.finding] += each.changed
    rules, count = sum(map(bool, changed.values())), changed.total()
    apart = len(told_otherwise(round_.files))
    older = f",{apart}个单位的表里还是原来的校验" if apart else ""
    if count or apart:
        yield f"  规则开关调整了{rules}条规则的{count}条提示{older},见“口径说明”。"


def open_lines(matters: Iterable[OpenMatter]) -> Iterator[str]:
    """Count what is undecided, with the first row of each kind."""
    for kind, own in by_kind(matters).items():
        yield f"{kind.word}{len(own)}项,第一项:{own[0].named}"


def _open(round_: Round, space: Workspace) -> Iterator[str]:
    """Say where what is undecided is decided."""
    yield from (f"  {line}" for line in open_lines(round_.open))
    if round_.official:
        yield from (f"  定稿前:{line}" for line in open_lines(round_.unsealed))
    if (book := space.review / BOOK).exists():
        yield f"审核表:{book}"
