"""What Windows does and this system does not: its errors, at the places where they come up."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

ACCESS_DENIED, SHARING_VIOLATION = 5, 32


def refused(number: int, path: Path | None = None, target: Path | None = None) -> PermissionError:
    """Make Windows' error of this number; 0 makes another system's, and what Python tells of a file that could not be opened."""
    error: Any = PermissionError(13, "拒绝访问", *([str(path)] if path else ()))
    if number:
        error.winerror = number
    if target:
        error.filename2 = str(target)
    return error  # type: ignore[no-any-return]


class Registry:
    """Windows' registry as the module `winreg` gives it, with the values at these paths, each with its own name at the end."""

    HKEY_CURRENT_USER, HKEY_CLASSES_ROOT, HKEY_LOCAL_MACHINE = "HKCU", "HKCR", "HKLM"

    def __init__(self, held: Mapping[str, object]) -> None:
        self._held = held

    @contextmanager
    def OpenKey(self, top: str, path: str) -> Iterator[str]:  # noqa: N802 - as it is called there
        key = rf"{top}\{path}"
        if not any(each.startswith(f"{key}\\") for each in self._held):
            raise FileNotFoundError(path)
        yield key

    def QueryValueEx(self, key: str, name: str) -> tuple[object, int]:  # noqa: N802 - as it is called there
        if rf"{key}\{name}" not in self._held:
            raise FileNotFoundError(name)
        return self._held[rf"{key}\{name}"], 1


def on_windows(patch: pytest.MonkeyPatch, held: Mapping[str, object] = MappingProxyType({})) -> None:
    """Let the system be called Windows, with such a registry."""
    patch.setitem(sys.modules, "winreg", Registry(held))
    patch.setattr(sys, "platform", "win32")


@contextmanager
def open_in_excel(is_open: Callable[[Path], bool], *, for_itself: bool = False) -> Iterator[None]:
    """Hold the files for which `is_open` is true as Excel does: others may read them, and write, rename and remove nothing.

    WPS may keep a file all `for_itself`. Nobody waits for either, and a folder with such a file in it cannot be renamed.
    """
    real = {name: getattr(Path, name) for name in ("open", "replace", "rename", "unlink")}

    def held(path: Path) -> bool:
        return is_open(path) or (path.is_dir() and any(map(is_open, path.rglob("*"))))

    def opening(self: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - as it is there
        if (for_itself or set(mode) & set("wax+")) and is_open(self):
            raise refused(0, self)
        return real["open"](self, mode, *rest, **more)

    def moving(name: str) -> Callable[[Path, Path], Path]:
        def move(self: Path, target: Path) -> Path:
            if held(self):
                raise refused(SHARING_VIOLATION, self, Path(target))
            if is_open(Path(target)):
                raise refused(ACCESS_DENIED, self, Path(target))
            return Path(real[name](self, target))

        return move

    def removing(self: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as it is there
        if is_open(self) and self.exists():
            raise refused(SHARING_VIOLATION, self)
        real["unlink"](self, missing_ok=missing_ok)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", lambda _: None)
        patch.setattr(Path, "open", opening)
        patch.setattr(Path, "replace", moving("replace"))
        patch.setattr(Path, "rename", moving("rename"))
        patch.setattr(Path, "unlink", removing)
        yield
