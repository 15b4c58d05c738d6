"""The shapes of a round as they were drawn, so that a workbook issued again, or one more of them, needs nothing drawn."""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import dataclass

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Shape
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.office.workspace.recorded_folder import content_of
from fazhi_xl.office.workspace.store import Kept, Store
from fazhi_xl.xlsx.writer.template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledShapes:
    """Drawn shapes by all that they are made of; `about` digests what is the same for all of a round's."""

    store: Store
    about: str

    @classmethod
    def of(cls, store: Store, notice: Notice, edition: Edition, *, previous: bool) -> CompiledShapes:
        """Keep what is drawn of a notice; of its edition only how the forms are drawn up stands in them."""
        common = notice, edition.draft, edition.rehearsal, previous
        return cls(store=store, about=content_of(program_digest(), *common))

    def template(self, shape: Shape) -> Template | None:
        """Give a shape as it was drawn; None where it has to be drawn."""
        held = self.store.get(Kept.SHAPE, self._key(shape))
        with suppress(ValueError, TypeError, zlib.error):
            return Template.unpacked(held) if held else None
        return None

    def keep(self, shape: Shape, drawn: bytes) -> None:
        """Keep a shape that was drawn, as its template is packed."""
        self.store.put(Kept.SHAPE, self._key(shape), drawn)

    def _key(self, shape: Shape) -> str:
        return content_of(self.about, shape.name, shape.sub_points, [sheet.name for sheet in shape.sheets])
