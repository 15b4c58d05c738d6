"""What is the same for many tests is made once: a played round by one process of a run, a shape and a reading by each process."""

from __future__ import annotations

import json
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.unit_form import Previous
from fazhi_xl.notice.model import Notice, Theme
from tests.notice.campaigns import CAMPAIGN

_LONGEST = 600  # seconds to wait for another process: it was killed, or it hangs
Play = Callable[[Path], object]
Once = Callable[[str, Play], Path]


def in_this_run(basetemp: Path) -> Once:
    """Give what plays a round under a name, in a folder that all processes of the run share, and only for the first that asks.

    The folder is to be read; a test that writes gets a copy.
    """
    several = "PYTEST_XDIST_WORKER" in os.environ
    shared = (basetemp.parent if several else basetemp) / "shared"

    def once(name: str, play: Play) -> Path:
        done = shared / f"{name}.done"
        shared.mkdir(exist_ok=True)
        with _alone(shared / f"{name}.lock", done):
            if not done.exists():
                play(shared / name)
                done.touch()
        return shared / name

    return once


@contextmanager
def _alone(lock: Path, done: Path) -> Iterator[None]:
    """Hold a lock for as long as the round is not there."""
    for _ in range(_LONGEST * 20):
        if done.exists():
            yield
            return
        try:
            lock.mkdir()
        except FileExistsError:
            time.sleep(0.05)
            continue
        try:
            yield
        finally:
            lock.rmdir()
        return
    raise TimeoutError(lock)


# In a process -----------------------------------------------------------------------------------------------------------

Make = Callable[..., Any]


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let the office draw each shape, read each file and read the catalogue once: the same arguments give the same."""
    for module, name, made in _REMEMBERED:
        whole = import_module(f"fazhi_xl.{module}")
        patch.setattr(whole, name, made(getattr(whole, name)))


def _kept(most: int, key: Callable[..., object]) -> Callable[[Make], Make]:
    """Keep the last results under what the arguments come to; None is not kept.

    What a key knows by its identity stands in the kept arguments, so that no other object can have it meanwhile.
    """

    def wrap(make: Make) -> Make:
        kept: OrderedDict[object, tuple[object, Any]] = OrderedDict()

        def made(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever is made
            known_by = key(*given, **named)
            if known_by is None:
                return make(*given, **named)
            if known_by not in kept:
                result = make(*given, **named)
                kept[known_by] = ((given, named), tuple(result) if isinstance(result, Iterator) else result)
                if len(kept) > most:
                    kept.popitem(last=False)
            return kept[known_by][1]

        return made

    return wrap


def _forms(
    notice: Notice,
    assigned: Mapping[str, tuple[str, ...]],
    *,
    edition: Edition,
    key: bytes,
    previous: Previous | None = None,
) -> object:
    return id(notice), tuple(assigned.items()), edition, key, json.dumps(previous)


def _drawing(shape: Shape, theme: Theme, *, title: str, **more: Any) -> object:  # noqa: ANN401 - whatever drawing takes
    return None if more.get("corrections") else (id(shape), id(theme), title, repr(more.get("values")))


def _reading(data: bytes, **more: Any) -> object:  # noqa: ANN401 - whatever reading takes
    return data, repr(more)


def _folder(folder: Path) -> object:
    return folder if folder == CAMPAIGN else None


def _equal(make: Callable[[Dossier], Shape]) -> Callable[[Dossier], Shape]:
    """Keep the shapes of the last dossiers, which are compared: they hold what no key can name."""
    kept: list[tuple[Dossier, Shape]] = []

    def made(dossier: Dossier) -> Shape:
        for known, shape in reversed(kept):
            if known.notice is dossier.notice and known == dossier:
                return shape
        kept.append((dossier, make(dossier)))
        del kept[:-12]
        return kept[-1][1]

    return made


_REMEMBERED: tuple[tuple[str, str, Callable[[Make], Make]], ...] = (
    ("office.workspace.issued_round", "unit_forms", _kept(64, _forms)),
    ("office.workspace.catalogue", "load", _kept(1, _folder)),
    ("office.ranking.alternatives", "alternatives", _kept(1, _folder)),
    ("office.commands.issue", "draw", _kept(64, _drawing)),
    ("office.outputs.refill", "draw", _kept(64, _drawing)),
    ("office.review.write_books", "draw", _kept(32, _drawing)),
    ("office.returns.open", "read", _kept(128, _reading)),
    ("office.returns.receipt_register", "read", _kept(16, _reading)),
    ("office.review.read_books", "read", _kept(32, _reading)),
    ("form.review_form", "review_shape", _equal),
    ("office.review.read_books", "review_shape", _equal),
)
