"""The chain of the records in 审核/: each line holds the SHA-256 of the one before, so that what is changed later contradicts what follows.

Lines of versions that did not chain stand before the first line that does, which holds the digest of the last of them. The first line of
a record holds a blank one. A line's digest is of its bytes without its end, as `kept_records.lines_of` gives them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256

from fazhi_xl.office.workspace.folder import Json

PREVIOUS = "previous"
Lines = tuple[bytes, ...]
"""The lines of a record, without their ends."""


def link_of(lines: Lines) -> str:
    """Give what the next line of a record holds: the SHA-256 of its last line, blank where it has none."""
    return sha256(lines[-1]).hexdigest() if lines else ""


def linked(lines: Lines, added: Iterable[Json]) -> Iterator[bytes]:
    """Write further lines of a record, each linked to the one before; none has its end."""
    for held in added:
        line = json.dumps({**held, PREVIOUS: link_of(lines)}, ensure_ascii=False).encode()
        lines = (line,)
        yield line


def held_by(line: bytes) -> Json:
    """Give what a line holds, but for its link. Raises ValueError and TypeError where it is damaged."""
    return {name: value for name, value in dict(json.loads(line)).items() if name != PREVIOUS}


def is_unlinked(lines: Lines) -> bool:
    """Say whether a record begins with a line of a version that did not link lines."""
    return bool(lines) and _link(lines[0]) is None


def odd_line(lines: Lines) -> str:
    """Say which line does not fit the chain, and what became of it; blank where every line does."""
    links = [_link(line) for line in lines]
    first = next((at for at, link in enumerate(links) if link is not None), len(lines))
    own = ["", *(sha256(line).hexdigest() for line in lines)]
    for at in range(first, len(lines)):
        if links[at] != own[at]:
            return _told(own, at, links[at])
    return ""


def _link(line: bytes) -> str | None:
    """Give what a line holds of the one before; None where it holds nothing."""
    with suppress(ValueError, AttributeError):
        held = json.loads(line).get(PREVIOUS)
        return None if held is None else str(held)
    return None


def _told(own: list[str], at: int, link: str | None) -> str:
    """Say what became of a record at its line `at`, counted from 0, where `own` are a blank and the digests of the lines."""
    no = at + 1
    if link is None:
        return f"第{no}行没有接着第{at}行的校验值,是后来加进去的,或者改动过"
    if not at:
        return "第1行接的是另一行,它前面少了行,或者第1行改动过"
    if link in own[:at]:
        inserted = own.index(link) + 1
        which = f"第{at}行" if inserted == at else f"第{inserted}行到第{at}行"
        return f"{which}是后来加进去的:第{no}行不接在后面"
    if link in own[no:]:
        return f"第{no}行和后面的行换了位置"
    return f"第{at}行改动过,或者它和第{no}行之间少了行:第{no}行记着的校验值和第{at}行对不上"
