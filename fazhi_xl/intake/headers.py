"""Decodes a mail's headers: raw bytes, encoded words (RFC 2047) and parameters (RFC 2231), with a wrong or missing character set.

Headers are taken raw: the library's own reading gives up on bytes outside ASCII, and on names labelled gb2312 that are GBK.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes

from fazhi_xl.text.characters import public

_LENGTH = 4000  # of a header that is looked at
_NAME_LENGTH = 150
_FIRST_YEAR = 2000  # nobody mailed a return before: a clock that was never set
_CHINESE = frozenset({"gb2312", "gbk", "hz-gb-2312", "x-gbk", "cp936", "gb18030"})
_LABEL = re.compile(r"(=\?)(?:gb2312|gbk|x-gbk|cp936)(\?[bq]\?)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


def sender(mail: Message) -> str:
    """Give the address of the From header, in lower case; none where there is none.

    A name may hold what looks like an address once it is decoded, so that is done only where the whole header is encoded.
    """
    line = raw(mail, "from")
    found = parseaddr(line)[1]
    return (found if "@" in found else parseaddr(header_words(line))[1]).lower()


def sent(mail: Message) -> datetime | None:
    """Give the Date header in local time; None where there is none, or it is impossible (before 2000, in the future)."""
    with suppress(ValueError, TypeError, IndexError, OverflowError, OSError):
        moment = parsedate_to_datetime(raw(mail, "date")).astimezone()
        if moment.year >= _FIRST_YEAR and moment < datetime.now(UTC) + timedelta(days=1):
            return moment
    return None


def attachment_name(part: Message) -> str:
    """Give an attachment's name, without folders; blank where it has none."""
    named = (
        _parameter(part, header, key) for header, key in (("content-disposition", "filename"), ("content-type", "name"))
    )
    return file_name(next(filter(None, named), ""))


def file_name(text: str) -> str:
    """Give the name in a path as a client writes it; blank where it names nothing."""
    name = _UNSEEN.sub("", public(text)).replace("\\", "/")
    last = PurePosixPath(name).name[-_NAME_LENGTH:].strip()
    return last if last.strip(". ") else ""


def _parameter(part: Message, header: str, key: str) -> str:
    plain: Message = Message()  # the class of before RFC 6532 takes RFC 2231 apart and leaves encoded words alone
    plain[header] = raw(part, header)
    found = plain.get_param(key, "", header)
    if isinstance(found, tuple):  # each byte that was escaped is one character of it (RFC 2231, section 4)
        charset, _, text = found
        found = decoded_header(text.encode("latin-1", "replace"), charset or "utf-8")
    name = header_words(found)
    if _PERCENT.search(name) and name.isascii():
        with suppress(UnicodeDecodeError):
            return unquote_to_bytes(name).decode()  # some web mails escape names as addresses are
    return name


def raw(part: Message, header: str) -> str:
    """Give a header on one line, its bytes read as UTF-8, else as GB 18030."""
    value = next((str(value) for name, value in part.raw_items() if name.lower() == header), "")[:_LENGTH]
    line = value.replace("\r", "").replace("\n", "")
    return line if line.isascii() else decoded_header(line.encode("utf-8", "surrogateescape"))


def header_words(text: str) -> str:
    """Decode encoded words (RFC 2047); a character split between two of them is put together again."""
    try:
        chunks = decode_header(_LABEL.sub(r"\1gb18030\2", text))
    except (HeaderParseError, ValueError):
        return text
    # The library gives a word that was not encoded as text, or as its raw bytes without a character set.
    return "".join(
        chunk
        if isinstance(chunk, str)
        else decoded_header(chunk, charset)
        if charset is not None
        else chunk.decode("raw-unicode-escape", "replace")
        for chunk, charset in chunks
    )


def decoded_header(data: bytes, charset: str = "utf-8") -> str:
    """Decode by the declared character set, else as UTF-8, else as GB 18030."""
    for encoding in (_charset(charset), "utf-8"):
        with suppress(LookupError, ValueError):  # the second also where a character set is no name at all
            return data.decode(encoding)
    return data.decode("gb18030", "replace")


def _charset(claimed: str | None) -> str:
    """Take the Chinese character sets for GB 18030, which holds them all: text labelled gb2312 is often GBK."""
    name = (claimed or "utf-8").lower()
    return "gb18030" if name in _CHINESE else name
