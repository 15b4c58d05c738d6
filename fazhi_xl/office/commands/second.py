"""Drawing sub-points for second opinions, and writing the blind book for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.review.second.book import BlindBook
from fazhi_xl.office.review.second.draw import Lot, drawn
from fazhi_xl.office.review.second.drawn import Drawing, draw_anew, drawings, keep_drawings, last_recorded, of_the_rest
from fazhi_xl.office.review.session import Review
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.second import Stratum


def draw_second(space: Workspace, review: Review, lot: Lot, *, now: datetime) -> Iterator[str]:
    """Draw, record what was drawn, write its book, and say so; books of earlier drawings that are gone are written again.

    Raises WrongUseError where nothing is scored yet, or a file cannot be written.
    """
    before = drawings(space)
    chosen = drawn(review.dossier, review.decided, lot, of_the_rest(before))
    if not chosen:
        raise WrongUseError("还没有哪个得分点是审核人核定的,抽不了。请先在审核表里核定,收表以后再抽。")
    made = draw_anew(lot, chosen, before, now.isoformat(timespec="seconds"), last_recorded(review.record))
    if made:
        keep_drawings(space, made)
        yield f"抽了{len(made.rows)}个得分点复审:{_by_stratum(made)}。"
    else:
        yield f"该抽的{len(chosen)}个得分点以前都抽过了,没有再抽。"
    for each in (*before, *((made,) if made else ())):
        path = space.review / each.book
        if not path.exists():
            space.make(path.parent)
            space.write(path, _book(space, review, each))
        yield f"  第{each.no}批的复审表:{path}"
    if made:
        yield "新的一批请交给没有审过这些得分点的人填;填好放回原处,再收一次表。哪个代号是哪个单位写在“抽样.jsonl”里,不要一起交出去。"


def _by_stratum(made: Drawing) -> str:
    counts = Counter(Stratum.of(row.stratum) for row in made.rows)
    return "、".join(f"{each.word}{counts[each]}个" for each in Stratum if counts[each])


def _book(space: Workspace, review: Review, drawing: Drawing) -> bytes:
    context = review.context
    book = BlindBook(drawing=drawing, dossier=review.dossier)
    return book.data(edition=context.edition, key=space.key(), mark=context.mark)
