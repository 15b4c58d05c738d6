"""How the commands tell of many districts: a line for each, how many came to what, and an exit status for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from fazhi_xl.cli.console import ATTENTION, DONE, UNEXPECTED, Terminal, show_json
from fazhi_xl.office.commands.district_tasks import DistrictResult, Outcome, closing
from fazhi_xl.office.workspace.error_log import write_traces


def tell_districts(
    results: Iterable[DistrictResult],
    total: int,
    what: str,
    terminal: Terminal,
    *,
    before: tuple[str, ...] = (),
    as_json: bool,
) -> int:
    """Tell of each district as it is done; gives the exit status. `before` says what of a list could not be used."""
    for line in before:
        terminal.say(line)
    told: list[DistrictResult] = []
    for each in terminal.track(results, what, total):
        told.append(each)
        for line in each.told:
            terminal.say(line)
    terminal.say(closing(told))
    if as_json:
        show_json({"districts": [_json(each) for each in told], "not_used": list(before)})
    traces = {each.name: each.trace for each in told if each.trace}
    if traces:
        terminal.say(write_traces(traces, Path.cwd()))
        return UNEXPECTED
    open_ = before or any(each.attention or each.outcome is Outcome.FAILED for each in told)
    return ATTENTION if open_ else DONE


def _json(each: DistrictResult) -> dict[str, object]:
    return {name: value for name, value in asdict(each).items() if name != "trace"}
