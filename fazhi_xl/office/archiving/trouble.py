"""What is tested of a package, after DA/T 70-2018, and what may be wrong with it, as values with a place."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.office.workspace.folder import Json
from fazhi_xl.text.worded import Worded


class Check(Worded):
    """The four that electronic records are tested for (DA/T 70-2018, 5 to 8)."""

    SAFE = "safe", "安全性"
    AUTHENTIC = "authentic", "真实性"
    COMPLETE = "complete", "完整性"
    USABLE = "usable", "可用性"


class Wrong(Worded):
    """What is wrong with a file, or with the package."""

    NAME = "name", "名称会指到别处或有控制字符,没有打开"
    TWICE = "twice", "有同名的另一个,没有打开"
    LINK = "link", "是链接或设备,不是文件,没有打开"
    LOCKED = "locked", "压缩包里的这个文件设了密码,没有打开"
    PACKED = "packed", "用不认识的方法压缩,没有打开"
    BOMB = "bomb", "解压后大得不合常理,没有打开"
    OVERLAPS = "overlaps", "和另一个文件占着压缩包里的同一处,没有打开"
    CHANGED = "changed", "与清单记下的数字摘要不一样,改动过或已损坏"
    UNREAD = "unread", "读不出来"
    HEADER = "header", "压缩包里它前面的文件头改动过"
    DIRECTORY = "directory", "压缩包的目录(末尾)里它的一行改动过"
    ENDING = "ending", "压缩包的末尾改动过"
    GAP = "gap", "压缩包里两个文件之间多出了内容"
    LINE = "line", "清单的这一行读不出来"
    OWN_MANIFEST = "own_manifest", "与定稿自己的清单不一样"
    CHAIN = "chain", "决定的记录前后接不上"
    STATED = "stated", "与定稿.json 写的不一样"
    SEALED_DIGEST = "sealed_digest", "与定稿时记下的数字摘要不一样"
    AGAIN_DIFFERS = "again_differs", "重新生成的与定稿不一样"
    NOT_AGAIN = "not_again", "没有能够重新生成"
    MISSING = "missing", "清单里有,包里没有"
    EXTRA = "extra", "包里有,清单里没有"
    NEEDED = "needed", "归档包应该有的,包里没有"
    COUNT = "count", "与元数据写的不一样"
    RETURN = "return", "定稿里有这份收回的文件,包里没有"
    FORM = "form", "定稿里计分的表,包里没有"
    BOOK = "book", "决定所依据的审核表,包里没有"
    PRINT = "print", "定稿里的这一份没有 PDF"
    CLOSED = "closed", "打不开"
    NOT_PDF_A = "not_pdf_a", "没有声明是 PDF/A-2b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A fault that was found: of which check, at which path of the package, and more of it in words."""

    check: Check
    wrong: Wrong
    path: str = ""
    detail: str = ""

    @property
    def told(self) -> str:
        more = f"({self.detail})" if self.detail else ""
        return f"{self.path}:{self.wrong.word}{more}" if self.path else f"{self.wrong.word}{more}"

    @property
    def as_json(self) -> Json:
        return {"check": self.check.value, "code": self.wrong.value, "path": self.path, "detail": self.detail}
