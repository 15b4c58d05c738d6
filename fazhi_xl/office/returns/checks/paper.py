"""纸质校验码: the code that the office read off the stamped paper, held against the file that it stands beside, and the one that counts."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.answers.content_code import ContentCode, same_code
from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile


def paper_doubts(each: AnsweredReturn | ClosedFile, counting: AnsweredReturn | None) -> Iterator[Finding]:
    """Give what differs; of a file that does not count also that it was not compared, or that another one took its place.

    `counting` is its unit's return that counts. A file that the office set aside, or that has the bytes of that one, is not asked about.
    """
    paper = each.arrival.paper
    if not paper or each.arrival.excluded:
        return
    if each is counting or counting is None:
        if each.answers:
            yield from _own(paper, each.answers.content)
        else:
            yield finding(Code.PAPER_UNREAD, value=paper)
    elif each.arrival.sha256 != counting.arrival.sha256:
        yield from _beside(paper, each, counting)


def _own(paper: str, content: ContentCode | None) -> Iterator[Finding]:
    if content is None:
        yield finding(Code.PAPER_WITHOUT_CODE, value=paper)
    elif content.unlike:
        yield finding(Code.PAPER_UNCHECKED, value=paper, why=content.unlike.value)
    elif not same_code(paper, content.code):
        yield finding(Code.PAPER_DIFFERS, value=paper, right=content.code)


def _beside(paper: str, each: AnsweredReturn | ClosedFile, counting: AnsweredReturn) -> Iterator[Finding]:
    """Hold a code beside another file than the one that counts against both: that of the one that counts is right in either place."""
    if _is_of(paper, counting):
        return
    if each.answers is None:
        yield finding(Code.PAPER_UNREAD, value=paper)
        return
    doubts = tuple(_own(paper, each.answers.content))
    yield from doubts
    content = counting.answers.content
    if not doubts and content and content.certain and not _is_of(counting.arrival.paper, counting):
        yield finding(Code.PAPER_OF_ANOTHER, value=paper, other=counting.arrival.path, right=content.code)


def _is_of(paper: str, each: AnsweredReturn) -> bool:
    content = each.answers.content
    return bool(paper and content and content.certain) and same_code(paper, content.code if content else "")
