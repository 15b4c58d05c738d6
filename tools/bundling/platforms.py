"""The computers that a bundle is made for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PYTHONS = ("3.11", "3.12", "3.13")
GLIBC = 28  # 2.28, that of UOS 20, Kylin V10 and Debian 10; what was built for an older one runs as well
_OLDEST_GLIBC = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A kind of computer: `resolved` is uv's name for it, `tags` are those of wheels that run on it, the best first."""

    name: str
    resolved: str
    tags: tuple[str, ...]
    machine: str
    windows: bool = False


def _linux(name: str, machine: str) -> Platform:
    tags = tuple(f"manylinux_2_{minor}_{machine}" for minor in range(GLIBC, _OLDEST_GLIBC - 1, -1))
    older = tuple(f"manylinux{year}_{machine}" for year in ("2014", "2010", "1"))
    return Platform(name=name, resolved=f"{machine}-manylinux_2_{GLIBC}", tags=(*tags, *older), machine=machine)


PLATFORMS: Mapping[str, Platform] = {
    each.name: each
    for each in (
        Platform(name="windows", resolved="x86_64-pc-windows-msvc", tags=("win_amd64",), machine="amd64", windows=True),
        _linux("linux", "x86_64"),
        _linux("uos-arm64", "aarch64"),
    )
}
