"""tools/bundle.py: what it says of options that it cannot use, and its help page."""

from __future__ import annotations

import re

import pytest

from tools.bundle import main


@pytest.mark.parametrize(
    "arguments", [[], ["--platform"], ["--platform", "x"], ["--platform", "windows", "--nope"], ["x"]]
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is wrong with the options is told in one line, in Chinese, with what to write."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err == (
        "命令写得不对。请写 --platform,后面是 windows、linux、uos-arm64 中的一个;别的选项,加 --help 看用法。\n"
    )


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The help page is Chinese, but for names of options and what one writes there."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    said = capsys.readouterr().out
    assert (ended.value.code, said[:3]) == (0, "用法:")
    assert re.findall(r"[a-z]{3,} [a-z]{3,}", said) == []
