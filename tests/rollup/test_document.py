"""docs/rollup.md: its queries run, and it names every column and every reason."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from fazhi_xl.notice.model import Notice
from fazhi_xl.rollup.district import Why
from fazhi_xl.rollup.tables import DISTRICT_COLUMNS, SUB_POINT_COLUMNS, UNIT_COLUMNS
from tests.rollup.conftest import Roll
from tests.support.districts import districts

DOCUMENT = (Path(__file__).parents[2] / "docs" / "rollup.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", DOCUMENT, re.DOTALL)


def test_its_queries_run(tmp_path: Path, small: Notice, roll: Roll, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every query of the document gives rows over the files of a roll-up, in the folder that it says."""
    districts(tmp_path / "各区", small, "甲区", "乙区", "丙区")
    roll()
    monkeypatch.chdir(tmp_path / "汇总")
    assert len(QUERIES) == 5
    with duckdb.connect() as base:
        assert [query for query in QUERIES if not base.execute(query).fetchall()] == []


def test_it_names_all_columns_and_reasons() -> None:
    """Each column of the files, and each reason why a district is not ranked, is explained."""
    names = {name for columns in (DISTRICT_COLUMNS, UNIT_COLUMNS, SUB_POINT_COLUMNS) for name in columns.names}
    table = DOCUMENT[DOCUMENT.index("| 列 |") :]
    assert [name for name in sorted(names) if name not in table] == []
    assert [why.word for why in Why if f"| {why.word} |" not in DOCUMENT] == []
