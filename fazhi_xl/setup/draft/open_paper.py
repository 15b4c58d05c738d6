"""Opens a notice's file, whatever it is, within bounds; what cannot be read is said in plain words, with what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from fazhi_xl.errors import FazhiError
from fazhi_xl.limits import MB, SIZE_LIMIT
from fazhi_xl.text.papers import Paper
from fazhi_xl.text.system_errors import system_error
from fazhi_xl.xlsx.reader import FileKind, RejectedError, sniff
from fazhi_xl.xlsx.reader.gate import admit, open_archive

_LONGEST = 2_000_000  # characters of a notice with its annexes
_SAVE = "请用 Word 或 WPS 打开,“另存为”.docx(表格另存为 .xlsx)再导入"


def open_paper(path: Path) -> Paper:
    """Read a notice's file. Raises FazhiError with what is wrong and what to do."""
    data = _bytes(path)
    kind = sniff(data)
    read = _READERS.get(kind)
    if read is None:
        raise FazhiError(f"“{path.name}”{_refused(kind, path)}。")
    paper = _read(read, data, path)
    if paper.length > _LONGEST:
        raise FazhiError(f"“{path.name}”有{paper.length}个字,不像一份通知,没有读取。请只留下通知正文和附件再导入。")
    return paper


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise FazhiError(f"“{path}”是文件夹。请写明通知的文件(.docx、.xlsx 或 .pdf)。")
        if not path.is_file():
            raise FazhiError(f"“{path}”不是磁盘上的文件,没有读取。请写明通知的文件(.docx、.xlsx 或 .pdf)。")
        if size > SIZE_LIMIT:
            raise FazhiError(
                f"“{path.name}”有{size / MB:.1f}MB,超过{SIZE_LIMIT // MB}MB,没有读取。请删去图片,或只留下正文和附件再导入。"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise FazhiError(f"没有找到文件“{path}”。请检查文件名和所在的文件夹。") from None
    except OSError as error:
        raise FazhiError(f"“{path}”读不出来:{system_error(error)}。请检查是否有权限、是否被别的程序占用。") from None


def _read(read: Callable[[bytes], Paper], data: bytes, path: Path) -> Paper:
    try:
        return read(data)
    except FazhiError as error:
        raise FazhiError(f"“{path.name}”", *error.parts, "。") from error
    except RejectedError as error:
        raise FazhiError(f"“{path.name}”打不开:{error.finding.cause}。{_SAVE}。") from error
    except MemoryError:
        raise FazhiError(f"“{path.name}”太大,内存不够,没有读取。请只留下正文和附件再导入。") from None
    except Exception as error:
        # A damaged file may make a library raise anything.
        raise FazhiError(f"“{path.name}”不完整或已损坏,读不出来。{_SAVE}。") from error


def _refused(kind: FileKind, path: Path) -> str:
    said = _SAID.get(kind)
    if kind is FileKind.DOCUMENT and path.suffix.lower() == ".ofd":
        said = _SAID[FileKind.OFD]
    return said or f"是{kind.word},不是 .docx、.xlsx 或 .pdf,没有读取。{_SAVE}"


_SAID: Mapping[FileKind, str] = MappingProxyType(
    {
        FileKind.EMPTY: "是空的(0字节)。请重新复制或下载,打开确认能看到内容",
        FileKind.DOCUMENT: f"是旧版 Word、WPS 文字这一类的文件(.doc、.wps、.odt),读不出来。{_SAVE}",
        FileKind.OFD: "是 OFD 版式文件,读不出来。请用阅读器转换为 .docx 再导入,或者向发文机关要 .docx 文件",
        FileKind.ENCRYPTED: "设了打开密码。请取消打开密码后另存,再导入",
        **dict.fromkeys((FileKind.ODS, FileKind.XLSB), f"里合并的单元格读不出来。{_SAVE}"),
        FileKind.BROKEN_ZIP: f"不完整或已损坏,打不开。{_SAVE}",
        FileKind.BROKEN_OLE: f"不完整或已损坏,打不开。{_SAVE}",
        FileKind.IMAGE: "是图片,里面没有文字。请先用文字识别软件转成 .docx,或者向发文机关要 .docx 文件",
    }
)


def _document(data: bytes) -> Paper:
    from fazhi_xl.docx.read import read_paper  # noqa: PLC0415 - other notices need no word library

    admit(open_archive(data))
    return read_paper(data)


def _workbook(data: bytes) -> Paper:
    from fazhi_xl.setup.draft.sheets import read_sheets  # noqa: PLC0415 - other notices need no frames

    return read_sheets(data)


def _pdf(data: bytes) -> Paper:
    from fazhi_xl.setup.draft.pdf import read_pdf  # noqa: PLC0415 - needs an extra

    try:
        return read_pdf(data)
    except ImportError:
        from fazhi_xl.setup.draft.poppler import read_by_poppler  # noqa: PLC0415 - only where it has to do

        return read_by_poppler(data)


_READERS: Mapping[FileKind, Callable[[bytes], Paper]] = MappingProxyType(
    {
        FileKind.WORD: _document,
        FileKind.PDF: _pdf,
        **dict.fromkeys((FileKind.XLSX, FileKind.XLSM, FileKind.XLS), _workbook),
    }
)
