"""What is double-clicked in the offline bundle: each runs a command by the folder's settings, says what it did and what comes next."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fazhi_xl.cli.console import run, show
from fazhi_xl.starters.settings import Settings, settings_in
from fazhi_xl.text.commands import Starter


def main(folder: Path, name: str) -> int:
    """Run the starter of this name in the folder that it stands in; gives the command's exit status."""
    from fazhi_xl.starters.steps import STEPS, failed  # noqa: PLC0415 - what is typed needs none of it

    starter, settings = Starter(name), Settings()

    def step(_: list[str]) -> int:
        nonlocal settings
        settings = settings_in(folder)
        return STEPS[starter].run(settings)

    status = run(step, [])
    did, comes = STEPS[starter].told(settings).get(status) or failed(starter, status)
    show("", "-" * 60, f"做了什么:{did}", f"接下来:  {comes}")
    return status


def typed(folder: Path, command: str, arguments: Sequence[str]) -> int:
    """Run one of the two commands as it was typed, where nothing else is said with the folder's settings; gives its exit status."""

    def with_settings(_: list[str]) -> int:
        settings = settings_in(folder)
        os.environ["FAZHI_CAMPAIGN"], os.environ["FAZHI_OUT"] = settings.campaign, str(settings.out)
        sys.argv = [f"fazhi-{command}", *arguments]
        from fazhi_xl import cli  # noqa: PLC0415 - what it offers rests on the settings

        return cli.build() if command == "build" else cli.collect()

    return run(with_settings, [])
