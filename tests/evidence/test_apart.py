"""Files of evidence are opened in a process apart, which a bad one may cost, and no other file."""

from __future__ import annotations

import json
import sys
import zlib
from pathlib import Path
from struct import pack

import pytest

from fazhi_xl.bounded.patience import ChildLimits
from fazhi_xl.evidence.inspect import inspect, inspected_of, kept
from fazhi_xl.limits import MB
from fazhi_xl.rounds.inspected import Fault, Inspected
from tests.support.evidence import NUMBER, PRINTED, ofd, pdf, pdf_of, picture, word

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows limits neither memory nor processor time"),
    pytest.mark.long,
    pytest.mark.usefixtures("opened_apart"),
]


def wide_tree() -> bytes:
    kids = " ".join(["10 0 R"] * 3_000_000)
    pages = f"<< /Type /Pages /Kids [{kids}] /Count 1 >>".encode()
    return pdf_of({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: pages, 10: b"<< /Type /Page >>"})


def nested_pdf() -> bytes:
    """Give a PDF whose page's content is a PDF, packed a hundred times over."""
    packed = b"0 0 m " * 100_000
    for _ in range(100):
        packed = zlib.compress(packed)
    filters = " ".join(["/FlateDecode"] * 100)
    stream = f"<< /Length {len(packed)} /Filter [{filters}] >>\nstream\n".encode() + packed + b"\nendstream"
    return (
        pdf(more={1000: ""}).replace(b"/Contents 11 0 R", b"/Contents 99 0 R") + b"99 0 obj\n" + stream + b"\nendobj\n"
    )


def bomb_picture() -> bytes:
    """Give the beginning of a PNG of 98 million pixels of four bytes."""
    parts = ((b"IHDR", pack(">IIBBBBB", 9_900, 9_900, 8, 6, 0, 0, 0)), (b"IDAT", zlib.compress(bytes(1000))))
    chunks = (pack(">I", len(held)) + name + held + pack(">I", zlib.crc32(name + held)) for name, held in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def bomb_ofd() -> bytes:
    return ofd(changed={"Doc_0/Document.xml": b"<a>" + b" " * (200 * MB) + b"</a>"})


HOSTILE = {"wide tree": wide_tree, "nested": nested_pdf, "picture": bomb_picture, "OFD": bomb_ofd}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_costs_itself_alone(name: str) -> None:
    """What takes more memory or time than a file may is told, and the next file is opened."""
    found = inspect(HOSTILE[name]())

    assert found.fault in {Fault.STOPPED, Fault.DAMAGED, Fault.EMPTY}
    assert inspect(picture()) == Inspected(kind="图片", pages=1)


def test_out_of_time() -> None:
    """A file that is not opened within its time is told so, without a word that differs from machine to machine."""
    assert inspect(pdf(), limits=ChildLimits(wall=0)) == Inspected(kind="PDF", fault=Fault.STOPPED)


def test_a_file_that_lies_there(tmp_path: Path) -> None:
    """A file is opened where it lies, as its bytes are; what comes back can be kept."""
    file = tmp_path / "名 单.docx"
    file.write_bytes(word(NUMBER))
    found = inspect(file)

    assert found == inspect(word(NUMBER)) == Inspected(kind="Word", numbers=(PRINTED,))
    assert inspected_of(json.loads(kept(found))) == found


def test_no_kind_that_is_opened() -> None:
    """A film is not opened, and said to be unchecked; what is called a PDF and is none is damaged, and no bytes are blank."""
    assert inspect(b"....ftypmp42") == Inspected(fault=Fault.UNCHECKED)
    assert inspect(b"whatever", "6/总结.PDF") == Inspected(fault=Fault.DAMAGED)
    assert inspect(b"", "6/总结.pdf") == Inspected(fault=Fault.EMPTY)
