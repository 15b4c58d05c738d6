"""Addresses as people type them: what is meant is read, and what cannot be an address is told with why."""

from __future__ import annotations

import pytest

from fazhi_xl.office.contacts.addresses import AddressFault, addresses_in, likelier


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a@b.cn", ("a@b.cn",)),
        ("  Zhang.San@Example.CN ", ("zhang.san@example.cn",)),
        ("ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｎ", ("zhang@example.cn",)),  # full width throughout
        ("zhang@example。cn", ("zhang@example.cn",)),
        ("zhang @ example. cn", ("zhang@example.cn",)),
        ("a@b.cn；c@d.cn，e@f.cn、g@h.cn;i@j.cn,k@l.cn", ("a@b.cn", "c@d.cn", "e@f.cn", "g@h.cn", "i@j.cn", "k@l.cn")),
        ("a@b.cn\nc@d.cn\r\n\r\n", ("a@b.cn", "c@d.cn")),
        ("a@b.cn c@d.cn", ("a@b.cn", "c@d.cn")),
        ("a@b.cn;;；", ("a@b.cn",)),
        ("张三 <a@b.cn>", ("a@b.cn",)),
        ('"Zhang, San" <a@b.cn>; 李四<c@d.cn>', ("a@b.cn", "c@d.cn")),
        ("张三＜a@b.cn＞", ("a@b.cn",)),
        ("张三 a@b.cn", ("a@b.cn",)),
        ("张三:a@b.cn", ("a@b.cn",)),
        ("张三(a@b.cn)", ("a@b.cn",)),
        ("a@b.cn(张三)", ("a@b.cn",)),
        ("mailto:a@b.cn?subject=材料", ("a@b.cn",)),
        ("<mailto:a@b.cn>", ("a@b.cn",)),
        ("a\u200b@b.cn\ufeff", ("a@b.cn",)),  # what cannot be seen comes along out of web pages
        ("无", ()),
        ("/", ()),
        ("  ", ()),
        ("", ()),
    ],
)
def test_what_is_meant_is_read(typed: str, read: tuple[str, ...]) -> None:
    """Widths, separators, names, links and signs that cannot be seen are no part of an address, and nothing is wrong with them."""
    found = addresses_in(typed)
    assert (found.found, found.wrong) == (read, ())


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("12345678", AddressFault.DIGITS),
        ("zhang.example.cn", AddressFault.NO_AT),
        ("a@b.cnc@d.cn", AddressFault.SEVERAL),
        ("a@@b.cn", AddressFault.SEVERAL),
        ("zhang san@b.cn", AddressFault.SPACE),
        ("张三@b.cn", AddressFault.CHARACTER),
        ("a@局.cn", AddressFault.CHARACTER),
        ("a@b", AddressFault.DOMAIN),
        ("a@b..cn", AddressFault.DOMAIN),
        ("a@-b.cn", AddressFault.DOMAIN),
        ("a@10.0.0.1", AddressFault.DOMAIN),
        ("a@", AddressFault.DOMAIN),
        ("@b.cn", AddressFault.FORM),
        ("a..b@c.cn", AddressFault.FORM),
        (f"{'a' * 65}@b.cn", AddressFault.LONG),
    ],
)
def test_what_is_no_address(typed: str, fault: AddressFault) -> None:
    """What cannot be an address is not guessed at, and costs none of those beside it."""
    read = addresses_in(f"{typed};ok@example.cn")
    assert [each.fault for each in read.wrong] == [fault]
    assert read.found == ("ok@example.cn",)


def test_why() -> None:
    """The office reads why a text is none, with what to write."""
    (wrong,) = addresses_in("12345678").wrong
    assert wrong.why == "只有数字,少了@和后面的部分;QQ邮箱的写成 12345678@qq.com 的样子"
    (wrong,) = addresses_in("张三@b.cn").wrong
    assert wrong.why == "有地址里不能有的“张”"


def test_twice() -> None:
    """An address that stands twice is one, whatever its case."""
    read = addresses_in("a@b.cn;A@B.cn")
    assert (read.found, read.twice) == (("a@b.cn",), ("a@b.cn",))


def test_likelier() -> None:
    """Endings that are slips of the finger are asked about."""
    assert likelier("a@163.con") == "a@163.com"
    assert likelier("a@b.gov.cn") == ""
