"""Catalogues from which an item is gone: the ones behind it are numbered anew, and keep their ids."""

from __future__ import annotations

from fazhi_xl.notice.model import Item, Notice


def renumbered(notice: Notice, without: int) -> Notice:
    """Give the notice without an item, by its number."""
    kept = [_numbered(item, item.no - (item.no > without)) for item in notice.items if item.no != without]
    # No copy of the notice: that would keep what it has worked out already.
    parts = {name: getattr(notice, name) for name in Notice.model_fields}
    return Notice.model_validate({**parts, "items": tuple(kept)})


def _numbered(item: Item, no: int) -> Item:
    subs = tuple(sub.model_copy(update={"code": f"{no}.{sub.code.partition('.')[2]}"}) for sub in item.sub_points)
    return item.model_copy(update={"no": no, "sub_points": subs})
