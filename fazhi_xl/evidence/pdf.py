"""A PDF: its pages are counted, and looked at until one has something on it; of the first ones the text is searched for numbers."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from fazhi_xl.evidence.opened import TEXT_LIMIT, CannotOpenError, Opened
from fazhi_xl.evidence.pdf_text import Fonts, shown
from fazhi_xl.rounds.inspected import Fault

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of odd files is of no use here
_KIND = "PDF"
_BLANK_PAGES = 50  # after which a document counts as blank
_TEXT_PAGES = 30
_FORMS = 40  # forms drawn on one page that are looked into
# Operators that leave something on the page: text, an image or a form, a shading, a path that is painted.
_PAINTING = re.compile(rb"(?:^|[\s)>\]])(?:Tj|TJ|Do|EI|sh|[SsFfBb]\*?|['\"])(?=\s|$)")


def opened_pdf(file: BinaryIO) -> Opened:
    """Open a PDF, without a password or with an empty one. Raises CannotOpenError, and what pypdf raises."""
    reader = _reader(file)
    pages = reader.pages
    count = len(pages)
    fonts, texts, blank, size = Fonts(), [], True, 0
    for no in range(min(count, max(_TEXT_PAGES, _BLANK_PAGES))):
        drawn = _drawn(pages[no])
        blank = blank and not (_PAINTING.search(drawn) or pages[no].get("/Annots"))
        if no < _TEXT_PAGES and size < TEXT_LIMIT:
            text = "\n".join(_texts(pages[no], drawn, fonts))
            size += len(text)
            texts.append(text)
        elif not blank:
            break
    return Opened(kind=_KIND, pages=count, empty=blank, text="\n".join(texts))


def _reader(file: BinaryIO) -> PdfReader:
    try:
        reader = PdfReader(file, strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
    except (PyPdfError, RecursionError) as error:
        raise CannotOpenError(_KIND, Fault.DAMAGED) from error
    if locked:
        raise CannotOpenError(_KIND, Fault.ENCRYPTED)
    return reader


def _drawn(page: PageObject) -> bytes:
    """Give what is drawn on a page; of one whose content cannot be unpacked, nothing."""
    held = _got(page.get("/Contents"))
    streams = held if isinstance(held, ArrayObject) else [held]
    return b"\n".join(_data(each) for each in streams)


def _data(held: PdfObject | None) -> bytes:
    stream = _got(held)
    return stream.get_data() if isinstance(stream, StreamObject) else b""


def _got(held: PdfObject | None) -> PdfObject | None:
    return held.get_object() if isinstance(held, IndirectObject) else held


def _texts(page: PageObject, drawn: bytes, fonts: Fonts) -> Iterator[str]:
    """Give the text of a page, and of the forms that it draws."""
    resources = _dictionary(page.get("/Resources"))
    yield shown(drawn, fonts.of(_dictionary(resources.get("/Font"))))
    forms = _dictionary(resources.get("/XObject"))
    for name in list(forms)[:_FORMS]:
        form = _got(forms.get(name))
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            own = _dictionary(form.get("/Resources"))
            yield shown(form.get_data(), fonts.of(_dictionary(own.get("/Font"))))


def _dictionary(held: PdfObject | None) -> DictionaryObject:
    got = _got(held)
    return got if isinstance(got, DictionaryObject) else DictionaryObject()
