"""Makes the offline bundle for the office's own computer: `uv run tools/bundle.py --platform windows`. Needs a network and uv.

docs/offline.md (in Chinese) says what it holds, and how it is installed and kept up to date.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

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


def _wanted(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(description="做离线安装包。")
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
