"""What is the same for many tests is made once: a played round by one process of a run, a shape and a reading by each process."""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, TypeVar

import pytest

from fazhi_xl import office
from fazhi_xl.form import review_form
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.manifest import manifest
from fazhi_xl.form.model import Form, Shape
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.unit_form import Previous, part_shape, unit_forms
from fazhi_xl.notice import source
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import alternatives, load
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.notice.source import TomlTable
from fazhi_xl.notice.theme import Theme
from fazhi_xl.office.workspace.folder import _shapes
from fazhi_xl.office.workspace.issued_round import changed_units
from fazhi_xl.office.workspace.processes import default_jobs
from fazhi_xl.scoring import alternative
from fazhi_xl.scoring.alternative import affected
from fazhi_xl.xlsx.reader import read
from fazhi_xl.xlsx.writer.form import draw
from tests.notice.campaigns import CAMPAIGN
from tests.support.offices import Office

_LONGEST = 600  # seconds to wait for another process: it was killed, or it hangs
Play = Callable[[Path], object]
Once = Callable[[str, Play], Path]
Staged = Callable[[str, Callable[[Office], object]], Office]


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
        except (FileExistsError, PermissionError):  # Windows says the latter while it is being removed
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
Given = TypeVar("Given")
Result = TypeVar("Result")


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let the office draw each shape, read each file and read the catalogue once: the same arguments give the same."""
    for module in walk_packages(office.__path__, f"{office.__name__}."):
        import_module(module.name)
    rooms = [module for name, module in sys.modules.items() if name.startswith(_ROOMS)]
    for make, kept in _REMEMBERED:
        once = kept(make)
        for room in (*rooms, review_form, alternative, source):
            for name in [name for name, held in vars(room).items() if held is make]:
                patch.setattr(room, name, once)


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


def same(make: Callable[[Given], Result]) -> Callable[[Given], Result]:
    """Keep what the last few values came to, which are known by their identity: neither they nor the results are changed."""
    kept: Callable[[Given], Result] = _kept(64, id)(make)
    return kept


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
    return None if more.get("marks") else (id(shape), id(theme), title, repr(more.get("values")))


def _issued_alike(notice: Notice, forms: Iterable[Form], before: Mapping[str, Any], shared: object = None) -> object:
    """Compare forms once with the shapes of a record, which are parsed once too."""
    told = json.dumps({key: value for key, value in before.items() if key != "shapes"})
    return None if shared else (id(notice), tuple(map(id, forms)), id(before["shapes"]), told)


def _part(notice: Notice, sub_points: Iterable[SubPoint], *, claims: bool, made: object) -> object:  # noqa: ARG001 - the same for a notice
    """Keep the parts of forms by which the options of the catalogue's readings are tried."""
    return id(notice), tuple((sub.code, sub.points) for sub in sub_points), claims


def _both(*notices: Notice) -> object:
    return tuple(map(id, notices))


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


def _made_of(
    notice: Notice, forms: Iterable[Form], *, edition: Edition, issued: str, alike: tuple[str, ...] = ()
) -> object:
    """Keep what is made of forms that stand in a tuple: an iterator would be at its end."""
    return (id(notice), tuple(map(id, forms)), edition, issued, alike) if isinstance(forms, tuple) else None


def _taken_apart(make: Callable[[str], TomlTable]) -> Callable[[str], TomlTable]:
    """Parse each text once, and give a table of its own each time: a catalogue's tables are changed."""
    kept: dict[str, bytes] = {}

    def made(text: str) -> TomlTable:
        if text not in kept:
            kept[text] = pickle.dumps(make(text))
        table: TomlTable = pickle.loads(kept[text])  # noqa: S301 - what stands above
        return table

    return made


def _by_one(_: Make) -> Make:
    """Let one process do the work that an order spreads over several by default: it knows what was made before."""
    return lambda: 1


_REMEMBERED: tuple[tuple[Make, Callable[[Make], Make]], ...] = (
    (assign, _kept(64, id)),
    (unit_forms, _kept(64, _forms)),
    (manifest, _kept(8, _made_of)),
    (load, _kept(1, _folder)),
    (alternatives, _kept(1, _folder)),
    (draw, _kept(64, _drawing)),
    (read, _kept(128, _reading)),
    (_shapes, _kept(16, bytes)),
    (changed_units, _kept(16, _issued_alike)),
    (part_shape, _kept(512, _part)),
    (affected, _kept(128, _both)),
    (review_form.review_shape, _equal),
    (source.parsed, _taken_apart),
    (default_jobs, _by_one),
)
_ROOMS = tuple(f"fazhi_xl.{room}." for room in ("office", "cli", "addin"))
