"""Every other catalogue plays a whole round, and nothing that is written says a word of the 2020 notice."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.explain import explanations
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.commands.issue_summary import issue_summary
from fazhi_xl.office.commands.rehearse import rehearse
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.review.session import EVERYONE, Acceptance, ReviewOrders
from fazhi_xl.office.workspace.folder import Workspace
from tests.looks.measure import faults_under
from tests.notice.campaigns import TEMPLATES
from tests.support.catalogues import Files, catalogue, full, minimal, negative_list
from tests.support.progress import Silent
from tests.support.texts import texts_under

pytestmark = pytest.mark.long

WORDS = re.compile(
    "法治环境指数|信息报送|综合信息|简报|监测|附件[0-9一二三四]|第20项|五方面|省部级|参考等次|分管领导|钟楼|(?<![0-9A-Za-z])2020(?![0-9A-Za-z])"
)
"""Words of the 2020 notice and of its field. A year within a number or a fingerprint is none."""
SHIPPED = sorted(path.name for path in TEMPLATES.iterdir() if not path.name.startswith("zhonglou"))


def changed(files: Files, file: str, section: str, **values: object) -> Files:
    files[file][section] = {**files[file].get(section, {}), **values}
    return files


SMALL = {
    "one unit": minimal(1),
    "two units": minimal(),
    "forty units": minimal(40),
    "negative list": negative_list(),
    "contacts alone": negative_list() | {"contacts.toml": full()["contacts.toml"]},
    "everything": full(),
    "one unit with everything": full(1),
    "no self-scores": changed(full(), "notice.toml", "scoring", self_score=False),
    "January deadline": changed(full(), "notice.toml", "dates", ledger_due=date(2031, 1, 20)),
    "deadline before the period": changed(full(), "notice.toml", "dates", ledger_due=date(2030, 12, 1)),
    "thousandths": changed(full(), "notice.toml", "scoring", places=3),
}


TELLING = {"two units", "negative list", "everything"}
"""Between them they have each part, and none."""


def played(notice: Notice, root: Path) -> list[str]:
    """Issue, rehearse, review by accepting every self-score, and publish; give what the commands print."""
    now = datetime.combine(notice.about.dates.ledger_due + timedelta(days=5), datetime.min.time()).astimezone()
    built = issue(notice, Workspace(root), IssueOrder(), Silent(), today=notice.about.dates.issued)
    space = Workspace(root / "演练")
    done = rehearse(notice, space, Silent(), jobs=1, seed=1, now=now)
    accept = Acceptance(units=(EVERYONE,), reviewer="甲")
    if done.returned:
        done = collect(notice, space, CollectOrder(review=ReviewOrders(accept=accept)), Silent(), now=now)
    told = [unit.unit for unit in done.units if unit.total is not None][:1]
    return [
        *issue_summary(built, Workspace(root)),
        *round_summary(done, space),
        *explanations(done, space, told),
    ]


def found(root: Path, said: list[str]) -> set[tuple[str, str]]:
    texts = [*texts_under(root), *(("printed", line.replace(str(root), "")) for line in said)]
    assert len(texts) > 100
    return {(place, text[:80]) for place, text in texts if WORDS.search(text)}


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped(tmp_path: Path, name: str) -> None:
    """The shipped catalogues that are none of 2020's office are issued, rehearsed, reviewed, published in their own words, legible."""
    said = played(load(TEMPLATES / name), tmp_path / "out")
    assert found(tmp_path / "out", said) == set()
    assert faults_under(tmp_path / "out") == []


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(files, id=name, marks=() if name in TELLING else (pytest.mark.exhaustive,))
        for name, files in SMALL.items()
    ],
)
def test_small(tmp_path: Path, files: Files) -> None:
    """So are catalogues of one unit, without any part or with all of them, which use the default words where they name none."""
    said = played(catalogue(tmp_path / "catalogue", files), tmp_path / "out")
    assert found(tmp_path / "out", said) == set()
    assert faults_under(tmp_path / "out") == []
