"""Remarks on options of readings that could not be chosen as they stand: their changes name what the catalogue no longer has."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.notice.changes import FILE
from fazhi_xl.notice.lint_remark import LintRemark
from fazhi_xl.notice.load import unsound_options
from fazhi_xl.notice.oddities import Oddity
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.source import Source
from fazhi_xl.text.said import At


def unsound(source: Source) -> Iterator[LintRemark]:
    """Yield a remark on each option that could not be chosen, with the first fault of choosing it."""
    for at, nth, problem in unsound_options(source):
        key = source.table(FILE)["readings"][at]["options"][nth]["key"]
        text = Oddity.OPTION(
            option=key,
            problem=str(problem),
            place=At(problem.file, problem.path),
            message=problem.message,
        )
        path = path_text("readings", at, "options", nth, "key")
        yield LintRemark(code="option-fault", text=text, file=FILE, path=path)
