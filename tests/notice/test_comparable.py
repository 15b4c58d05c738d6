"""What of two notices has to be the same before their results are compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.notice.comparable import catalogue_digest, scoring_of_record, scoring_record
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.catalogue import TEMPLATES
from tests.support.catalogues import catalogue, full


def test_a_districts_own_words_make_no_difference(notice: Notice) -> None:
    """Another district's names, units and days compare; another point does not."""
    about = notice.about.model_copy(update={"district": "天宁区", "issuer": "天宁区委", "form_prefix": "TN2020"})
    other = notice.model_copy(update={"about": about, "units": notice.units[:3]})
    assert catalogue_digest(other) == catalogue_digest(notice)
    first = notice.items[0]
    dearer = first.model_copy(update={"sub_points": (first.sub_points[0].model_copy(update={"points": 150}),)})
    assert catalogue_digest(notice.model_copy(update={"items": (dearer, *notice.items[1:])})) != catalogue_digest(
        notice
    )


@pytest.mark.parametrize("campaign", sorted(path.name for path in TEMPLATES.iterdir()))
def test_how_units_are_scored_is_read_back(campaign: str) -> None:
    """What is recorded of how units are scored gives the same figures again."""
    scoring = load(TEMPLATES / campaign).about.scoring
    assert scoring_of_record(scoring_record(scoring)) == scoring


def test_a_third_place_is_read_back(tmp_path: Path) -> None:
    """So do figures of three places."""
    scoring = catalogue(tmp_path, full()).about.scoring.model_copy(update={"deduction_cap": 25, "places": 3})
    assert scoring_record(scoring)["deduction_cap"] == "0.25"
    assert scoring_of_record(scoring_record(scoring)) == scoring
