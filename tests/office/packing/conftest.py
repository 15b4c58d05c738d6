"""A round whose evidence is to be packed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.packing import PackingDesk


@pytest.fixture
def desk(tmp_path: Path) -> PackingDesk:
    return PackingDesk(tmp_path / "out")
