"""The shapes of a round as they were drawn, so that a workbook issued again, or one more of them, needs nothing drawn."""

from __future__ import annotations

import zlib
from contextlib import suppress
from functools import cached_property

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Shape
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.office.workspace.recorded_folder import content_of
from fazhi_xl.office.workspace.store import Kept, Store
from fazhi_xl.xlsx.writer.template import Template


class CompiledShapes:
    """The drawn shapes of a notice by all that they are made of; of the edition what stands in them."""

    def __init__(self, store: Store, notice: Notice, edition: Edition, *, previous: bool) -> None:
        self._store = store
        self._made_of = notice, edition.draft, edition.rehearsal, edition.switches, previous

    @cached_property
    def _about(self) -> str:
        """Digest what is the same for all of the shapes."""
        return content_of(program_digest(), *self._made_of)

    def template(self, shape: Shape) -> Template | None:
        """Give a shape as it was drawn; None where it has to be drawn."""
        held = None if self._store.empty else self._store.get(Kept.SHAPE, self._key(shape))
        with suppress(ValueError, TypeError, zlib.error):
            return Template.unpacked(held) if held else None
        return None

    def keep(self, shape: Shape, drawn: bytes) -> None:
        """Keep a shape that was drawn, as its template is packed."""
        self._store.put(Kept.SHAPE, self._key(shape), drawn)

    def _key(self, shape: Shape) -> str:
        return content_of(self._about, shape.name, shape.sub_points, [sheet.name for sheet in shape.sheets])
