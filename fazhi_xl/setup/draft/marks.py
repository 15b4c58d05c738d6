"""What a draft says beside its tables: what is doubtful and where it was read, and which kind of rule a sentence looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fazhi_xl.notice.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A doubt about a place of the catalogue (`file`, and `path` within it), and where in the notice it was read."""

    file: str
    path: str
    doubt: str
    where: str = ""
    is_choice: bool = False  # of a rule's kind, which a person has to choose


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The kind that a rule's part looks like: for a person to choose or not. `fields` are what the part would hold besides."""

    file: str
    path: str
    kind: str
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A catalogue's tables as far as the notice tells them; what it does not tell is absent, and so is every rule's kind.

    `left` names what the paper holds and the draft does not: tables, text boxes, pictures.
    """

    source: Source
    marks: tuple[Mark, ...]
    suggestions: tuple[Suggestion, ...]
    left: tuple[str, ...] = ()
