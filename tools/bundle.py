"""Makes the offline bundle for the office's own computer: `uv run tools/bundle.py --platform windows`. Needs a network and uv.

docs/offline.md (in Chinese) says what it holds, and how it is installed and kept up to date.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, HelpFormatter, Namespace
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the project is not installed; its folder comes first

from tools.bundling.package import TooLongError, make_bundle
from tools.bundling.platforms import PLATFORMS, PYTHONS
from tools.bundling.wheels import EXTRAS, PROJECT, FailedError, sha256


def main(arguments: list[str]) -> int:
    """Make the bundle; gives the exit status: 0 where it is there, 2 where it could not be made."""
    wanted = _wanted(arguments)
    extras = [each for each in EXTRAS if each not in wanted.without]
    try:
        path = make_bundle(wanted.out, PLATFORMS[wanted.platform], wanted.python or PYTHONS, extras)
    except (FailedError, TooLongError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"已做好:{path}({path.stat().st_size // 1_000_000} MB)")
    print(f"SHA-256:{sha256(path)}")
    print("拷到办公室的电脑,解压,双击“安装”。接收的人可以用这个 SHA-256 核对拷贝。")
    return 0


class _Help(HelpFormatter):
    """The help page with its head in Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401, ARG002 - the library's
        super().add_usage(usage, actions, groups, "用法:")


class _Parser(ArgumentParser):
    """Options whose errors are in Chinese; the library's own are English."""

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - English
        print(
            f"命令写得不对。请写 --platform,后面是 {'、'.join(PLATFORMS)} 中的一个;别的选项,加 --help 看用法。",
            file=sys.stderr,
        )
        sys.exit(2)


def _wanted(arguments: list[str]) -> Namespace:
    parser = _Parser(description="做离线安装包。", formatter_class=_Help, add_help=False)
    parser._optionals.title = "选项"  # noqa: SLF001 - which the library names in English
    parser.add_argument("-h", "--help", action="help", help="显示这段说明,然后结束")
    parser.add_argument("--platform", required=True, choices=PLATFORMS, help="给哪种电脑用")
    parser.add_argument(
        "--python", action="append", choices=PYTHONS, help="给哪个版本的 Python 用,可写几次;不写就是都要"
    )
    parser.add_argument("--without", action="append", default=[], choices=EXTRAS, help="不带哪一部分用的库,可写几次")
    parser.add_argument(
        "--out", type=Path, default=PROJECT / "dist", metavar="DIR", help="写在哪个文件夹,不写就是 dist"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
