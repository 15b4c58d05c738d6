"""What the two commands take where nothing is said: the offline bundle gives its folder's settings here."""

from __future__ import annotations

import os
from pathlib import Path

from fazhi_xl.office.workspace.catalogue import DEFAULT

CAMPAIGN = os.environ.get("FAZHI_CAMPAIGN") or DEFAULT
OUT = Path(os.environ.get("FAZHI_OUT") or "out")
