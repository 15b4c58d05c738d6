"""The receipt for a return that was accepted, as a mail: the facts that its page has, which goes with it."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.mail.message import Attachment, Outgoing
from fazhi_xl.office.post.letters.addressee import Addressee, numbered
from fazhi_xl.points import Hundredths, show
from fazhi_xl.reports.receipt.facts import (
    CHECKING,
    NOTE,
    Receipt,
    counted_words,
    evidence_words,
    objecting,
    until,
)


def receipt_letter(to: Addressee, known: Receipt, page: Attachment | None) -> Outgoing:
    """Confirm a return that counts; `page` is the receipt to print."""
    day = to.occasion.day
    opening = f"你单位报送的{to.occasion.form}已经收到,特此回执({known.called}{f',附件“{page.name}”可以打印' if page else ''})。"
    more = f"你单位的报送期限{known.more_time}。" if known.more_time else ""
    parts = (
        (opening,),
        numbered(_facts(known)),
        *((f"{each.heading}:{each.how}", *numbered(each.lines)) for each in known.asked),
        tuple(_rewritten(known, page)),
        (CHECKING, objecting(known, day), f"{more}{until(known, day)}", NOTE),
    )
    return to.outgoing("任务分解表回执", to.text(*parts), (page,) if page else ())


def _facts(known: Receipt) -> Iterator[str]:
    yield f"收到的文件:{known.file}"
    yield f"文件的校验值(SHA-256):{known.sha256}"
    if known.sender:
        yield f"来信邮箱:{known.sender}"
    yield f"收到时间:{known.came}({known.basis}){f',{known.in_time}' if known.in_time else ''}"
    if known.before:
        yield known.before
    yield f"计入:{counted_words(known)}"
    if scores := ",".join(_scores(known)):
        yield f"{scores}(还没有审核)"
    if known.evidence:
        yield evidence_words(known)


def _scores(known: Receipt) -> Iterator[str]:
    """Give the sums; the page has each item's."""
    if known.items:
        yield f"分值合计{show(known.points)}分"
        yield f"测算{_points(known.auto)}"
        if known.self_scored:
            yield f"自评{_points(known.self_score)}"
    if known.bonus:
        yield f"申报加分{show(known.bonus)}分"


def _points(points: Hundredths | None) -> str:
    return "没有" if points is None else f"{show(points)}分"


def _rewritten(known: Receipt, page: Attachment | None) -> Iterator[str]:
    """List what was read otherwise than typed; the page has it too, so of much the first lines are enough."""
    lines = known.rewritten
    if lines:
        yield f"按固定的规则整理后读取的{len(lines)}处,意思没有改动:"
        yield from numbered(lines[:_NAMED] if page else lines)
    if page and len(lines) > _NAMED:
        yield f"其余{len(lines) - _NAMED}处见附件。"


_NAMED = 10
