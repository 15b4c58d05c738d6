"""The bundle's pages: the project's Chinese documents as HTML, each with its pictures, and a first page that leads to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt

from fazhi_xl.starters.settings import CATALOGUES
from fazhi_xl.text.commands import SETTINGS, Starter
from tools.bundling.wheels import PROJECT, VERSION

FIRST = "开始.html"
_DOCS = PROJECT / "docs"
_OTHERS = frozenset({"architecture.md", "pictures.md"})  # for those who work on the program, in English
_COMMAND = re.compile(r"(?:uv run (?:--extra \w+ )*)?(build_workbooks|collect)\.py")
_NAMES = {"build_workbooks": "fazhi-build", "collect": "fazhi-collect"}
_LINK = re.compile(r'(?P<attribute>href|src)="(?P<target>[^"]*)"')
_LINKED_FILE = re.compile(r"\[(?:docs/)?(?P<name>\w+\.md)(?:#[^\]]*)?\](?=\()")
_HEADING = re.compile(r"<h(?P<level>[1-6])>(?P<text>.*?)</h(?P=level)>")
_TYPED = (
    f"下面写着 `fazhi-build`、`fazhi-collect` 的,双击{Starter.PROMPT.quoted},在窗口里输入;只写着 `--` 开头的,加在它们后面。"
    f"用哪个目录、哪个文件夹,双击的和输入的一样,都看 `{SETTINGS}`。"
)
_ABROAD = re.compile(r"[a-z]+:")
_QUICK_START = re.compile(r"^## 中文快速上手\n.*?(?P<text>^1\. .*?)^## ", re.MULTILINE | re.DOTALL)
_CLICKED = {
    "`fazhi-collect --rehearse`": Starter.REHEARSE,
    "`fazhi-build --check`": Starter.CHECK,
    "`fazhi-build`": Starter.ISSUE,
    "`fazhi-collect`": Starter.COLLECT,
}
"""What the first page has clicked rather than typed."""
_OF_A_CLONE = ",自己的工作目录加 `--campaign 目录`"  # the settings say it here
_BLOCKED = """\
   压缩包是从网上或邮件里来的,Windows 可能拦住里面的文件:解压以前,右键压缩包,点“属性”,勾“解除锁定”,点“确定”。
"""
_EMBEDDABLE = "把嵌入式 Python(embeddable package)解压到这里的 python 文件夹"
_PORTABLE = "把能带走的 Python 放进这里的 python 文件夹(python/bin/python3)"
_READ_ME = """\
fazhi-xl 离线包 {version}

1. 把整个压缩包解压到一个文件夹(本机的磁盘或 U 盘都行),不要在压缩包里直接双击。
{blocked}2. 要有 64 位的 Python({pythons} 都行),由 IT 人员装好;装不了的,{portable}。
3. 双击“安装{kind}”,等到出现“装好了”。不用管理员权限,不用网络,只写这个文件夹。
4. 双击 {names},每一步都写明做了什么、接下来做什么;别的命令双击“{prompt}{kind}”输入。

更新:新的压缩包解压到同一个文件夹,选“全部替换”,再双击“安装{kind}”。out(这一轮的文件)、{settings}、{catalogues} 都不动。
怎样用,打开 说明/{first}。
"""
_PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ max-width: 56em; margin: 2em auto; padding: 0 1em; color: #222; }}
body {{ font: 16px/1.7 "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; }}
table {{ border-collapse: collapse; margin: 1em 0; }}
th, td {{ border: 1px solid #bbb; padding: .3em .6em; text-align: left; vertical-align: top; }}
th {{ background: #f2f2f2; }}
code, pre {{ background: #f5f5f5; font-family: Consolas, "Noto Sans Mono CJK SC", monospace; }}
pre {{ padding: .8em; overflow-x: auto; }}
img {{ max-width: 100%; border: 1px solid #ddd; }}
a {{ color: #1a5fa8; }}
</style>
</head>
<body>
{home}{body}
</body>
</html>
"""


def read_me(pythons: Sequence[str], *, windows: bool) -> bytes:
    """Write what is read before anything is started, in the encoding and with the line ends of the computer's editor."""
    kind, blocked, portable = (".bat", _BLOCKED, _EMBEDDABLE) if windows else (".sh", "", _PORTABLE)
    names = "、".join(f"“{each}{kind}”" for each in Starter if each not in {Starter.INSTALL, Starter.PROMPT})
    text = _READ_ME.format(
        version=VERSION, kind=kind, names=names, prompt=Starter.PROMPT, blocked=blocked, portable=portable,
        pythons="、".join(pythons), settings=SETTINGS, catalogues=CATALOGUES, first=FIRST,
    )  # fmt: skip
    return text.replace("\n", "\r\n").encode("utf-8-sig") if windows else text.encode()


def pages() -> Mapping[str, bytes]:
    """Give every page, and every picture that one of them shows, by its path in the folder of documents."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    made: dict[str, bytes] = {}
    for path in _documents():
        body = _body(markdown, path.read_text("utf-8"))
        made[f"{path.stem}.html"] = _page(_title(path), body, home=True)
        made |= {name: (_DOCS / name).read_bytes() for name in _pictures(body)}
    made[FIRST] = _page("开始", _body(markdown, _first()), home=False)
    return made


def _first() -> str:
    """Write the first page: what is double-clicked, the steps of a round, and where all else stands."""
    found = _QUICK_START.search((PROJECT / "README.md").read_text("utf-8"))
    steps = _named(found["text"] if found else "")
    for typed, starter in _CLICKED.items():
        steps = steps.replace(f"运行 {typed}", f"双击{starter.quoted}").replace(typed, f"双击{starter.quoted}")
    steps = steps.replace(_OF_A_CLONE, "")
    titles = "\n".join(f"- [{_title(path)}]({path.name})" for path in _documents())
    start = f"# 开始(版本 {VERSION})\n\n安装、更新、换电脑,见 [离线安装](offline.md)。{_TYPED}"
    return f"{start}\n\n## 一轮怎样做\n{steps}\n\n## 各页说明\n\n{titles}\n".replace("](docs/", "](")


def _documents() -> list[Path]:
    return [path for path in sorted(_DOCS.glob("*.md")) if path.name not in _OTHERS]


def _title(path: Path) -> str:
    return path.read_text("utf-8").split("\n", 1)[0].removeprefix("# ")


def _body(markdown: MarkdownIt, text: str) -> str:
    html = markdown.render(_LINKED_FILE.sub(lambda match: f"[{_title(_DOCS / match['name'])}]", _named(text)))
    return _LINK.sub(_retargeted, _HEADING.sub(_with_id, html))


def _named(text: str) -> str:
    """Name the two commands, and the folder of the catalogues, as the bundle has them."""
    return _COMMAND.sub(lambda match: _NAMES[match[1]], text).replace("workbook_templates", CATALOGUES)


def _with_id(heading: re.Match[str]) -> str:
    """Give a heading the name by which links lead to it, as the forge makes it of its text."""
    text = re.sub(r"<[^>]*>", "", heading["text"]).lower()
    name = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
    return f'<h{heading["level"]} id="{escape(name)}">{heading["text"]}</h{heading["level"]}>'


def _retargeted(link: re.Match[str]) -> str:
    target = unquote(link["target"])
    page, mark, part = target.partition("#")
    if _ABROAD.match(page) or link["attribute"] == "src":
        return f'{link["attribute"]}="{escape(target)}"'
    if page.startswith("../") or Path(page).name in _OTHERS or (page and not page.endswith(".md")):
        return 'class="absent"'  # what the bundle does not have
    return f'href="{escape(page.removesuffix(".md") + ".html" if page else "")}{mark}{escape(part)}"'


def _pictures(body: str) -> Iterator[str]:
    yield from (unquote(match["target"]) for match in _LINK.finditer(body) if match["attribute"] == "src")


def _page(title: str, body: str, *, home: bool) -> bytes:
    back = f'<p><a href="{FIRST}">开始</a></p>\n' if home else ""
    return _PAGE.format(title=escape(title), home=back, body=body).encode()
