"""元数据.xml: what a package is, in the words of DA/T 46-2009 and DA/T 48-2009, for whoever takes it over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from fazhi_xl.evidence.xml import read_xml
from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.office.archiving.layout import FORMAT, Part
from fazhi_xl.office.sealing.edition import Sealed

ROOT = "归档信息包"
MEANINGS: Mapping[str, str] = {
    ROOT: "整个包;版本是这种格式的版本",
    "题名": "这次考核的名称",
    "责任者": "发文的机关",
    "立档单位": "经办的办公室",
    "文件编号": "通知的文号",
    "年度": "考核的年度",
    "形成时间": "排名表上写的时间",
    "定稿": "编号、名称、定稿人、定稿时间、计分依据",
    "编号": "第几次定稿",
    "名称": "定稿的名称",
    "定稿人": "谁定的稿",
    "定稿时间": "什么时候定的稿",
    "计分依据": "核定或自评",
    "保管期限": "由档案部门填;目录没有写明的空着",
    "密级": "由档案部门填;目录没有写明的空着",
    "件数": "包里的文件数,清单本身除外",
    "字节数": "这些文件一共多大",
    "格式": "每种扩展名多少个",
    "扩展名": "名称是扩展名,件数是多少个",
    "收回的文件": "重现所用的收回文件多少个",
    "PDF": "做成多少份 PDF/A-2b,没有做成的为什么",
    "加密": "有没有设了打开密码的原件(密码不在包里)",
    "软件": "写这个包的程序",
    "软件名称": "程序的名称",
    "软件版本": "程序的版本",
    "程序摘要": "程序源代码和所用的库的 SHA-256,说明是不是同一个程序",
    "数字摘要": "几个主要文件的 SHA-256;每个文件的都在清单里",
    "文件": "路径是在包里的位置",
}
"""Every element, and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of a package, by element; `digests` are those of a few files, `lacking` says why there is no PDF of some."""

    title: str
    issuer: str
    office: str
    number: str
    year: int
    generated: str
    edition: Mapping[str, str]
    version: str
    program: str
    digests: Mapping[str, str]
    prints: int
    lacking: str = ""
    locked: bool = False


def edition_of(sealed: Sealed) -> Mapping[str, str]:
    """Give what is said of an edition."""
    return {
        "编号": str(sealed.no),
        "名称": sealed.name,
        "定稿人": sealed.by,
        "定稿时间": sealed.sealed,
        "计分依据": str(sealed.about["basis"]),
    }


def stated_by(sealed: Sealed) -> Mapping[str, str]:
    """Give the elements that 定稿.json decides, with what each says."""
    title = f"{REHEARSAL_MARK if sealed.about['rehearsal'] else ''}{sealed.about['title']}"
    return {"题名": title, "年度": str(sealed.about["year"]), "形成时间": sealed.generated, **edition_of(sealed)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What 元数据.xml says of how much there is."""

    files: int
    size: int


def metadata_bytes(about: About, parts: Iterable[Part], returns: int, own: int = 0) -> bytes:
    """Write the metadata of a package of these parts; it counts itself, and its size is found by trying.

    `own` is how large it comes out.
    """
    every = tuple(parts)
    data = "\n".join(_lines(about, every, returns, own)).encode() + b"\n"
    return data if len(data) == own else metadata_bytes(about, every, returns, len(data))


def _lines(about: About, parts: tuple[Part, ...], returns: int, own: int) -> Iterator[str]:
    endings = Counter(PurePosixPath(each.path).suffix.lower().lstrip(".") for each in parts) + Counter({"xml": 1})
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<{ROOT} 版本="{FORMAT}">'
    yield _element("题名", about.title)
    yield _element("责任者", about.issuer)
    yield _element("立档单位", about.office)
    yield _element("文件编号", about.number)
    yield _element("年度", about.year)
    yield _element("形成时间", about.generated)
    yield _nested("定稿", [_element(name, said) for name, said in about.edition.items()])
    yield _element("保管期限", "")
    yield _element("密级", "")
    yield _element("件数", len(parts) + 1)
    yield _element("字节数", sum(each.size for each in parts) + own)
    own_endings = sorted(endings.items())
    yield _nested("格式", [_element("扩展名", "", 名称=name or "无", 件数=count) for name, count in own_endings])
    yield _element("收回的文件", returns)
    yield _element("PDF", about.lacking, 件数=about.prints)
    yield _element("加密", "有" if about.locked else "没有")
    software = {"软件名称": "fazhi-xl", "软件版本": about.version, "程序摘要": about.program}
    yield _nested("软件", [_element(name, said) for name, said in software.items()])
    yield _nested(
        "数字摘要", [_element("文件", said, 路径=path) for path, said in about.digests.items()], 算法="SHA-256"
    )
    yield f"</{ROOT}>"


def _element(name: str, said: object, **attributes: object) -> str:
    return f"  <{name}{_attributes(attributes)}>{escape(str(said))}</{name}>"


def _nested(name: str, inner: Iterable[str], **attributes: object) -> str:
    return "\n".join([f"  <{name}{_attributes(attributes)}>", *(f"  {each}" for each in inner), f"  </{name}>"])


def _attributes(own: Mapping[str, object]) -> str:
    return "".join(f" {name}={quoteattr(str(said))}" for name, said in own.items())


def read_stated(data: bytes, names: Iterable[str]) -> dict[str, str]:
    """Give what the metadata says in these elements. Raises ExpatError and ForbiddenXmlError."""
    return {name: "".join(read_xml(data, texts=frozenset({name})).texts) for name in names}


def read_digests(data: bytes) -> dict[str, str]:
    """Give the digests in the metadata, by path. Raises ExpatError and ForbiddenXmlError."""
    read = read_xml(data, attributes=frozenset({"文件"}), texts=frozenset({"文件"}), lines=frozenset({"文件"}))
    paths = [own.get("路径", "") for _, own in read.attributes]
    return dict(zip(paths, "".join(read.texts).split("\n"), strict=False))


def read_counted(data: bytes) -> Counted:
    """Give how much a package's metadata says that there is. Raises ExpatError, ForbiddenXmlError, and ValueError where it says nothing."""
    files, size = ("".join(read_xml(data, texts=frozenset({name})).texts) for name in ("件数", "字节数"))
    return Counted(files=int(files), size=int(size))
