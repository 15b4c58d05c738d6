"""The processes behind libreoffice.py: where the programs are, one office with its worker, and their end."""

import atexit
import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from tests.clients.absent import ClientAbsentError

START_SECONDS = 120.0
STOP_SECONDS = 15.0
PROBE_SECONDS = 30.0
SOCKETS = Path("/tmp")  # noqa: S108 -- where the office puts its pipes, whatever TMPDIR says; killed, it leaves them
WORKER = Path(__file__).with_name("uno_worker.py")
OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")

# Dates are typed as in China; no lock file beside a document, no copy of one for recovery.
SETTINGS = (
    ("org.openoffice.Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Common/Misc", "UseLocking", "false"),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
)
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{}
</oor:items>
"""
SETTING = '<item oor:path="/{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'


class LibreOfficeError(Exception):
    """The office refused, with its own words; it is still there."""


class LibreOfficeLostError(LibreOfficeError):
    """The office died, hung past the time limit or did not start; its documents are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    soffice: Path
    python: Path


@cache
def find_programs() -> Programs:
    """LibreOffice and a Python that can import `uno`; raises ClientAbsentError that names what is missing."""
    if os.name != "posix":
        raise ClientAbsentError("LibreOffice is driven on Linux and macOS only")
    soffice = _find_soffice()
    python = next(filter(_imports_uno, _pythons(soffice.parent)), None)
    if python is None:
        raise ClientAbsentError("no Python can import `uno` (on Debian: python3-uno)")
    return Programs(soffice=soffice, python=python)


def _find_soffice() -> Path:
    """Prefer the office to the launcher beside it: killed together with that, it would stay behind as a zombie."""
    names = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise ClientAbsentError("LibreOffice is not installed (on Debian: libreoffice-calc)")
    launcher = Path(found).resolve()
    office = launcher.with_name("soffice.bin")
    return office if office.is_file() else launcher


def _pythons(program: Path) -> Iterator[Path]:
    yield Path(sys.executable)
    yield Path("/usr/bin/python3")
    yield from (program / "python", program / "python3", program.parent / "Resources" / "python")
    if found := shutil.which("python3"):
        yield Path(found)


def _imports_uno(python: Path) -> bool:
    command: list[str | Path] = [python, "-c", "import uno"]
    try:
        subprocess.run(command, env=_environment(), capture_output=True, timeout=PROBE_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _environment() -> dict[str, str]:
    """Ours, less what would lead another Python astray, and in UTF-8, or Chinese file names could not be opened."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {**ours, "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def _command(programs: Programs, home: Path) -> list[str | Path]:
    return [programs.soffice, *OPTIONS, f"-env:UserInstallation={home.as_uri()}"]


@cache
def _profile(programs: Programs) -> Path:
    """Make the profile that each office gets a copy of: over a new one it starts, ends and starts again, so that is done here once."""
    home = Path(tempfile.mkdtemp(prefix="fazhi-office-", dir=SOCKETS))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    settings = "\n".join(SETTING.format(*setting) for setting in SETTINGS)
    path = home / "user" / "registrymodifications.xcu"
    path.parent.mkdir()
    path.write_text(PROFILE.format(settings), encoding="utf-8")
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [*_command(programs, home), "--terminate_after_init"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**_environment(), "TMPDIR": str(home)},
            timeout=START_SECONDS,
            check=False,
        )
    return home


class Session:
    """One office and its worker, both in the worker's process group, with a profile that goes when they go."""

    def __init__(self, programs: Programs, timeout: float) -> None:
        self._programs = programs
        self.timeout = timeout
        self._ended = False
        self._pipe = f"fazhi{uuid.uuid4().hex}"
        self._home = Path(tempfile.mkdtemp(prefix="fazhi-office-"))
        self._environment = {**_environment(), "TMPDIR": str(self._home)}
        self._log = (self._home / "log.txt").open("wb")
        shutil.copytree(_profile(programs), self._home, dirs_exist_ok=True)
        self._worker = self._start_worker()
        self._input, self._output = self._pipes()
        self._office = self._start_office()
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._collect, daemon=True)
        self._reader.start()
        self._await_connection()

    @property
    def pid(self) -> int:
        return self._office.pid

    @property
    def alive(self) -> bool:
        return not self._ended and self._worker.poll() is None and self._office.poll() is None

    def request(self, operation: str, **arguments: Any) -> Any:  # noqa: ANN401 -- whatever JSON carries
        """Return what the worker's operation of that name returns; raises LibreOfficeError if it is refused or lost."""
        if not self.alive:
            raise self._lost(f"{operation}: the office is gone, and its documents with it")
        self._send({"op": operation, **arguments})
        reply = self._receive(self.timeout)
        if reply is None:
            raise self._lost(f"{operation}: no answer within {self.timeout:g} s")
        if "error" not in reply:
            return reply["ok"]
        if reply["gone"]:
            raise self._lost(f"{operation}: {reply['error']}")
        raise LibreOfficeError(f"{operation}: {reply['error']}")

    def close(self) -> None:
        """Ask the office to end, kill it if it does not, and remove its profile."""
        if self.alive:
            self._hang_up()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._worker.wait(STOP_SECONDS)
                self._office.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        if self._ended:
            return
        self._ended = True
        if self._worker.poll() is None or self._office.poll() is None:
            os.killpg(self._worker.pid, signal.SIGKILL)
        self._worker.wait()
        self._office.wait()
        self._reader.join()
        self._hang_up()
        self._output.close()
        self._log.close()
        shutil.rmtree(self._home, ignore_errors=True)
        for left in SOCKETS.glob(f"OSL_PIPE_*_{self._pipe}"):
            left.unlink(missing_ok=True)

    def _office_command(self) -> list[str | Path]:
        return _command(self._programs, self._home)

    def _start_worker(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [self._programs.python, WORKER, self._pipe],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=self._environment,
            process_group=0,
        )

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._worker.stdin is None or self._worker.stdout is None:
            raise AssertionError("asked for above")
        return self._worker.stdin, self._worker.stdout

    def _start_office(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*self._office_command(), f"--accept=pipe,name={self._pipe};urp;"],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            env=self._environment,
            process_group=self._worker.pid,
        )

    def _await_connection(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self._receive(0.1) is None:
            if self._office.poll() is not None or time.monotonic() > deadline:
                raise self._lost(f"the office did not start (status {self._office.poll()})")

    def _send(self, request: dict[str, Any]) -> None:
        # If the worker is gone, so is its output, which the receiving side reports.
        with contextlib.suppress(OSError):
            self._input.write(json.dumps(request).encode() + b"\n")
            self._input.flush()

    def _receive(self, timeout: float) -> dict[str, Any] | None:
        """Take the next reply; None if none comes in time."""
        try:
            line = self._replies.get(timeout=timeout)
        except queue.Empty:
            return None
        if not line:
            raise self._lost("the worker ended")
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _collect(self) -> None:
        for line in self._output:
            self._replies.put(line)
        self._replies.put(b"")

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self._input.close()

    def _lost(self, message: str) -> LibreOfficeLostError:
        """Kill what is left; the error ends with the last words of both programs."""
        last_words = "" if self._ended else (self._home / "log.txt").read_text(errors="replace")[-2000:]
        self.kill()
        return LibreOfficeLostError(f"{message}\n{last_words}".strip())
