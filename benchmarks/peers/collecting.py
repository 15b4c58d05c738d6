"""Reads returns as a collect does, up to the point where they are scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.answer import answered
from fazhi_xl.office.returns.identify import identified, issued_numbers
from fazhi_xl.office.returns.open import open_all
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.returns.stages import AnsweredReturn
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import issued_round
from tests.support.progress import Silent

_CAME = date(2020, 11, 10)


def answered_returns(notice: Notice, round_: Path) -> Callable[[Sequence[Path]], Sequence[AnsweredReturn]]:
    """Give what opens returns of an issued round, knows whose they are, and finds, reads and checks their inputs and what is locked."""
    numbers = issued_numbers(issued_round(notice, Workspace(round_)))

    def read(paths: Sequence[Path]) -> Sequence[AnsweredReturn]:
        arrivals = [Arrival(path=path.name, received=_CAME, data=path.read_bytes()) for path in paths]
        results = answered(identified(open_all(arrivals, Sources(), Silent()), numbers))
        return [each for each in results if isinstance(each, AnsweredReturn)]

    return read
