"""Mail addresses as people type them into a cell: full-width, with names, as links, several in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from fazhi_xl.text.characters import folded_width, readable

_MOST, _MOST_LOCAL = 254, 64  # RFC 5321, 4.5.3.1
_ANGLED = re.compile(r'(?:"[^"\n]*"|[^<>;,、\n"]*)\s*<\s*([^<>\n]*?)\s*>')
_PARTED = re.compile(r"[;,、|\r\n\t]+")
_AROUND = re.compile(r"\s*([@.])\s*")
_NAMED = re.compile(r"^[^\x00-\x7f]+[\s:(]+|[\s(]+[^\x00-\x7f]+\)?$")
"""A name before or behind an address: 张三:a@b.cn, a@b.cn(张三)."""
_LINK = re.compile(r"mailto:", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]")
_USUAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~@-]")
_NOTHING = frozenset({"", "无", "暂无", "没有", "不详", "-", "--", "—", "/", "\\", "0", "N/A", "n/a"})
_TYPOS = {"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "xom": "com", "cnn": "cn"}


class AddressFault(Enum):
    """Why a text is no address."""

    DIGITS = "只有数字,少了@和后面的部分;QQ邮箱的写成 {said}@qq.com 的样子"
    NO_AT = "没有@"
    SEVERAL = "有几个@,像是几个地址连在一起,中间用分号隔开"
    SPACE = "中间有空格"
    CHARACTER = "有地址里不能有的“{character}”"
    DOMAIN = "@后面不完整,要像 example.cn"
    FORM = "@前面不对"
    LONG = "太长"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongAddress:
    """A text that is no address, and why, in words."""

    said: str
    fault: AddressFault
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses of a cell in lower case, each once; those that stand there twice; and what is none."""

    found: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    wrong: tuple[WrongAddress, ...] = ()


def addresses_in(text: str) -> Addresses:
    """Read the addresses out of what a cell says."""
    found: list[str] = []
    twice: list[str] = []
    wrong: list[WrongAddress] = []
    for piece in _pieces(_plain(text)):
        fault = fault_of(piece)
        if fault:
            wrong.append(fault)
        elif piece.lower() in found:
            twice.append(piece.lower())
        else:
            found.append(piece.lower())
    return Addresses(found=tuple(found), twice=tuple(dict.fromkeys(twice)), wrong=tuple(wrong))


def _plain(text: str) -> str:
    """Fold widths, and leave out what cannot be seen; lines keep their ends."""
    folded = folded_width(text).replace("。", ".")
    return "".join(each for each in folded if readable(each) or each in "\r\n\t")


def _pieces(text: str) -> Iterator[str]:
    """Part a text into what should be an address each: those between angle brackets, without the names before them, and the others."""
    rest = _ANGLED.sub(lambda found: f";{found[1]};", _LINK.sub("", text))
    for part in _PARTED.split(rest):
        plain = _AROUND.sub(r"\1", part).strip(" .:<>()[]\"'“”")
        yield from (each for each in _of_part(plain.partition("?")[0]) if each not in _NOTHING)


def _of_part(part: str) -> tuple[str, ...]:
    """Part at spaces only where that leaves addresses, or a person's name before one."""
    part = _NAMED.sub("", part) if "@" in part else part
    words = tuple(each.strip(".:") for each in part.split())
    addressed = [each for each in words if "@" in each]
    if len(words) < 2 or not addressed:
        return (part,)
    others = [each for each in words if "@" not in each]
    named = all(not each.isascii() for each in others)
    return tuple(addressed) if named else (part,)


def fault_of(said: str) -> WrongAddress | None:
    """Say what is wrong with a text as an address; None where nothing is."""
    fault, character = _fault(said)
    return (
        WrongAddress(said=said, fault=fault, why=fault.value.format(said=said, character=character)) if fault else None
    )


def _fault(said: str) -> tuple[AddressFault | None, str]:
    local, _, domain = said.partition("@")
    odd = next((each for each in said if not _USUAL.fullmatch(each)), "")
    checks = (
        (said.isdecimal(), AddressFault.DIGITS),
        ("@" not in said, AddressFault.NO_AT),
        ("@" in domain, AddressFault.SEVERAL),
        (odd.isspace(), AddressFault.SPACE),
        (bool(odd), AddressFault.CHARACTER),
        (not _DOMAIN.fullmatch(domain), AddressFault.DOMAIN),
        (not _LOCAL.fullmatch(local), AddressFault.FORM),
        (len(said) > _MOST or len(local) > _MOST_LOCAL, AddressFault.LONG),
    )
    return next((fault for holds, fault in checks if holds), None), odd


def likelier(address: str) -> str:
    """Give what an address was probably meant to be, `a@163.con` as `a@163.com`; blank where nothing is odd."""
    rest, _, end = address.rpartition(".")
    return f"{rest}.{_TYPOS[end]}" if end in _TYPOS else ""
