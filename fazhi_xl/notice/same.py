"""A catalogue as a key of a cache."""

from __future__ import annotations

from fazhi_xl.notice.model import Notice


class Same:
    """A notice as a key: the very same one, since comparing two takes as long as what is kept of them."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.notice is other.notice

    def __hash__(self) -> int:
        return id(self.notice)
