"""Draws the pictures of docs/pictures anew: `uv run docs/make_pictures.py` (needs LibreOffice, poppler and CJK fonts).

A rehearsal is played, and what comes out of it is drawn, mostly the first page of every sheet; then small stories that are played
for a few pictures each. Where LibreOffice has no Writer, the pictures of the draft bulletin stay as they are.
`uv run docs/make_pictures.py 目录` draws one part alone, and leaves docs/pictures.md as it is; the parts, and what makes each, stand below.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the project is not installed; its folder comes first

from docs.picturing.appeals import appeals
from docs.picturing.catalogues import catalogue_books
from docs.picturing.drawing import PICTURES, Drawn
from docs.picturing.letters import post
from docs.picturing.opinions import after_sealing, second_opinions
from docs.picturing.sent_back import forms_sent_back
from docs.picturing.whole_round import receipts, together, whole_round

GALLERY = PICTURES.with_suffix(".md")
PARTS: Mapping[str, Callable[[Path], Drawn]] = {
    "演练": whole_round,
    "复审": second_opinions,
    "定稿": after_sealing,
    "回执": receipts,
    "合并": together,
    "复核": appeals,
    "目录": catalogue_books,
    "退回": forms_sent_back,
    "发信": post,
}
"""What makes each part that may be drawn alone; a rehearsal that one of them plays serves those after it, and receipts change it."""
_INTRODUCTION = (
    "Every sheet of three units' forms, of the ranking workbook and of what is given out, first pages, with a rehearsal's "
    "invented answers; second opinions, and what changed after sealing; and of a catalogue's workbook, which an office has filled in, "
    "of the contacts, of the record of letters and of what goes back."
)


def main(arguments: Collection[str]) -> int:
    """Draw the parts that are named, or all, and remove the pictures that are no more."""
    if unknown := set(arguments) - PARTS.keys():
        raise SystemExit(f"{' '.join(sorted(unknown))}? {' '.join(PARTS)}")
    PICTURES.mkdir(exist_ok=True)
    drawn: Drawn = {}
    with TemporaryDirectory() as folder:
        for name, make in PARTS.items():
            if not arguments or name in arguments:
                drawn |= make(Path(folder))
    _remove_others(drawn, whole=not arguments)
    if not arguments:
        GALLERY.write_text(_gallery(drawn), encoding="utf-8")
    return 0


def _remove_others(drawn: Drawn, *, whole: bool) -> None:
    """Remove the pictures that were not drawn: those of the same books, or all."""
    kept = {picture for pictures in drawn.values() for picture in pictures}
    for old in PICTURES.glob("*.png"):
        if old.stem not in kept and (whole or old.stem.partition("-")[0] in drawn):
            old.unlink()


def _gallery(drawn: Drawn) -> str:
    parts = [f"# Pictures\n\n{_INTRODUCTION}\n"]
    for name, pictures in drawn.items():
        parts.append(f"\n## {name}\n")
        parts += [f"\n{_sheet(each)}\n\n![{each}](pictures/{each}.png)\n" for each in pictures]
    return "".join(parts)


def _sheet(picture: str) -> str:
    return re.sub(r"^[^-]*-", "", picture)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
