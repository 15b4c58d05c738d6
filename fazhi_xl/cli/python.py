"""Whether this Python can run the program, and what is missing where it cannot.

Pythons as old as 3.6 have to read this module and the room's own, or they could not say that they are too old: nothing newer stands here.
"""

import sys

OLDEST, NEWEST = (3, 11), (3, 13)  # as in pyproject.toml


def unfit(found: "tuple[int, ...]") -> str:
    """Say that this Python is too old or too new, and what to do; blank where it is neither."""
    if OLDEST <= tuple(found[:2]) <= NEWEST:
        return ""
    wanted = " 到 ".join(_said(each) for each in (OLDEST, NEWEST))
    return (
        f"这个 Python({sys.executable})是 {_said(found[:3])},本程序要 {wanted}。请装一个 {wanted} 的 Python 再运行;"
        "装了几个的,写明用哪一个,例如 python3.12,在 Windows 上是 py -3.12。"
    )


def _said(version: "tuple[int, ...]") -> str:
    return ".".join(map(str, version))


def absent(error: ImportError) -> str:
    """Say which of the program's own files or of the libraries is missing or cannot be loaded, and what to do."""
    from fazhi_xl.text.commands import Command  # noqa: PLC0415 - which an old Python cannot read

    name = (error.name or "").partition(".")[0]
    if name == "fazhi_xl":
        return f"程序的文件不全,或者新旧混在一起({error.name})。请重新复制整个程序文件夹,或者重新安装。"
    if isinstance(error, ModuleNotFoundError):
        return f"这个 Python({sys.executable})没有装 {name},运行不了。{Command.INSTALL}"
    return f"装的 {name or '库'} 打不开:安装不完整,或者和这台电脑不配({error})。{Command.INSTALL}还不行的,请把这一行交维护人员。"
