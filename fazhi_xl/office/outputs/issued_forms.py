"""The workbooks that are issued: each shape is drawn once, unless it is kept from an earlier issue, and filled in for its units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.model import Form, Shape
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.compiled_shapes import CompiledShapes
from fazhi_xl.office.workspace.folder import Workspace, side_by_side
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.shared_forms import SharedForms
from fazhi_xl.office.workspace.store import stored
from fazhi_xl.xlsx.writer.form import draw
from fazhi_xl.xlsx.writer.sketch import Sketches
from fazhi_xl.xlsx.writer.template import Template

_Files = list[tuple[str, bytes]]
"""Workbooks by the short names of their units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedForms:
    """Forms of a round to be written; `previous` says whether they bear an earlier round's answers.

    `shared` is what rounds of the same notice have in common, where many are issued.
    """

    notice: Notice
    space: Workspace
    edition: Edition
    forms: Sequence[Form]
    previous: bool
    shared: SharedForms | None = None

    def write(self, jobs: int, progress: Progress) -> Iterator[Path]:
        """Draw and write the workbooks, and give their paths. Raises WrongUseError where one cannot be written."""
        with self._kept(progress) as kept:
            files = ((self.space.issued / file_name(self.notice, unit), data) for unit, data in self._drawn(kept, jobs))
            yield from progress.track(_written(self.space, files, jobs), "生成工作簿", len(self.forms))

    @contextmanager
    def _kept(self, progress: Progress) -> Iterator[CompiledShapes | None]:
        """Open what is kept of the shapes; of many rounds, whose shapes are in memory, nothing is."""
        if self.shared:
            yield None
            return
        with stored(self.space, progress) as store:
            yield CompiledShapes(store, self.notice, self.edition, previous=self.previous)

    def _drawn(self, kept: CompiledShapes | None, jobs: int) -> Iterator[tuple[str, bytes]]:
        """Draw the forms, the largest shapes first, so that no process is left with one of them at the end."""
        by_shape = sorted(self.forms, key=lambda form: (-len(form.shape.fields), form.shape.name))
        missing = []
        for batch in [tuple(group) for _, group in groupby(by_shape, key=lambda form: form.shape.name)]:
            if kept and (known := kept.template(batch[0].shape)):
                yield from _filled(known, batch)
            else:
                missing.append(batch)
        work = partial(_drawn_all, self._template, packed=kept is not None)
        for batch, (packed, files) in zip(missing, spread(work, missing, jobs), strict=True):
            if kept:
                kept.keep(batch[0].shape, packed)
            yield from files

    @property
    def _template(self) -> Callable[[Shape], Template]:
        alone = partial(draw, theme=self.notice.theme, sketches=Sketches({form.shape: None for form in self.forms}))
        return partial(
            self.shared.template if self.shared else alone, title=f"{self.notice.about.short_title}任务分解表"
        )


def _drawn_all(template: Callable[[Shape], Template], forms: tuple[Form, ...], *, packed: bool) -> tuple[bytes, _Files]:
    """Draw what the forms have in common once; give it too, where it is kept."""
    drawn = template(forms[0].shape)
    return drawn.packed() if packed else b"", _filled(drawn, forms)


def _filled(drawn: Template, forms: tuple[Form, ...]) -> _Files:
    return [(form.unit, drawn.fill(form.slots)) for form in forms]


def _written(space: Workspace, files: Iterable[tuple[Path, bytes]], jobs: int) -> Iterator[Path]:
    if jobs < 2:
        yield from side_by_side(space, files)
        return
    for path, data in files:
        space.write(path, data)
        yield path
