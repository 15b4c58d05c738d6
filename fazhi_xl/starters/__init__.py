"""What is double-clicked in the offline bundle: each runs a command by the folder's settings, says what it did and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fazhi_xl.cli.console import run, show
from fazhi_xl.starters.settings import Settings, settings_in
from fazhi_xl.starters.steps import STEPS, failed
from fazhi_xl.text.commands import Starter


def main(arguments: Sequence[str]) -> int:
    """Run the starter of this name, in the folder that it stands in; gives the command's exit status."""
    starter = Starter(arguments[0])
    settings = Settings()

    def step(_: list[str]) -> int:
        nonlocal settings
        settings = settings_in(Path())
        return STEPS[starter].run(settings)

    status = run(step, [])
    did, comes = STEPS[starter].told(settings).get(status) or failed(starter, status)
    show("", "-" * 60, f"做了什么:{did}", f"接下来:  {comes}")
    return status
