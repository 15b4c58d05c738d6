"""Regular expressions mean the same in every Python that the project runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined] # how a pattern is taken apart is told nowhere else

PACKAGE = Path(__file__).parents[1] / "fazhi_xl"
MISREAD = {_constants.POSSESSIVE_REPEAT, _constants.ATOMIC_GROUP}


def test_nothing_that_python_3_11_misreads() -> None:
    """No pattern is possessive or atomic: Python before 3.11.5, Debian 12's for one, ends such a match a character too far or too early."""
    found = [
        name for name, pattern in patterns() if MISREAD & set(operations(_parser.parse(pattern.pattern, pattern.flags)))
    ]
    assert found == []


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "re.compile(" in path.read_text("utf-8"):
            name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
            yield from (
                (f"{name}.{key}", each)
                for key, each in vars(import_module(name)).items()
                if isinstance(each, re.Pattern)
            )


def operations(parsed: object) -> Iterator[object]:
    """Give every operation of a pattern, however deep."""
    if isinstance(parsed, list | tuple | _parser.SubPattern):
        for each in parsed:
            yield from operations(each)
    elif isinstance(parsed, _constants._NamedIntConstant):  # noqa: SLF001 - characters are plain numbers
        yield parsed
