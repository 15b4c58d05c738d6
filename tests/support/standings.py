"""How units stand by returns and decisions, without a folder on disk."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.ranking.score_units import Standing, score_units
from fazhi_xl.office.review.dossier import counting_returns, dossier_of
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.undecided import open_matters
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.undecided import OpenMatter


def still_open(notice: Notice, files: Iterable[FileResult], decided: Decisions) -> tuple[OpenMatter, ...]:
    """List what is undecided, where no review book says anything else."""
    return open_matters(dossier_of(notice, counting_returns(notice, files), ""), decided, (), ())


def standing(notice: Notice, forms: Iterable[Form], files: Iterable[FileResult], decided: Decisions) -> Standing:
    """Score the units as collecting does."""
    kept = tuple(files)
    return score_units(notice, forms, kept, decided, undecided=bool(still_open(notice, kept, decided)))
