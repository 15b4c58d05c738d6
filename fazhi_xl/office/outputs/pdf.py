"""PDFs of the feedback sheets and the bulletin, made by LibreOffice where it is installed; a PDF whose source has changed is removed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from fazhi_xl.office.workspace.folder import Json, Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import digest, discard, read_entries, stored, write_entries

RECORD = "PDF清单.json"
_PRINTED = (".xlsx", ".docx")
_SHARE = 10  # files that are worth the seconds that one more LibreOffice takes to begin
_START, _EACH = 60.0, 5.0  # seconds that LibreOffice may take to begin, and for each file
_NAMES = ("soffice", "libreoffice")
_PLACES: Mapping[str, tuple[str, ...]] = {
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
ARCHIVAL = {
    suffix: f'pdf:{kind}_pdf_Export:{{"SelectPdfVersion":{{"type":"long","value":"2"}}}}'
    for suffix, kind in ((".xlsx", "calc"), (".docx", "writer"))
}
"""How LibreOffice is asked for PDF/A-2b, by the ending of the source."""
_BY_HAND = "请用 Excel 或 WPS 打开这些文件,打印或另存为 PDF。"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    """A PDF that this program made: the name and SHA-256 of its source, and its own SHA-256."""

    source: str
    made_from: str
    sha256: str

    @classmethod
    def from_json(cls, held: Json) -> _Printed | None:
        """Read an entry; None for one whose source does not lie in the folder. Raises KeyError or TypeError where it is damaged."""
        source, made_from, sha256 = (str(held[key]) for key in ("source", "made_from", "sha256"))
        return cls(source=source, made_from=made_from, sha256=sha256) if Path(source).name == source else None


_Record = dict[str, _Printed]


def find_office() -> Path | None:
    """Find LibreOffice on the path, or where it usually is."""
    found = next((each for name in _NAMES if (each := shutil.which(name))), None)
    if found:
        return Path(found)
    return next((path for place in _PLACES.get(sys.platform, ()) if (path := Path(place)).is_file()), None)


def drop_stale(space: Workspace, folders: Iterable[Path]) -> None:
    """Remove the PDFs whose source has changed or gone since they were made. Raises WrongUseError where one cannot be removed."""
    for folder in folders:
        before = _read(folder)
        kept = {name: each for name, each in before.items() if stored(folder / each.source) == each.made_from}
        for name in sorted(before.keys() - kept.keys()):
            discard(folder / name, (before[name].sha256,))
        if kept != before:
            _write(space, folder, kept)


def print_all(space: Workspace, folders: Iterable[Path], progress: Progress, jobs: int = 1) -> None:
    """Make the missing PDFs of all workbooks and documents; where LibreOffice is missing or fails, say what to do by hand."""
    wanted = [source for folder in folders for source in _wanted(folder)]
    office = find_office()
    if not wanted:
        return
    if office is None:
        progress.say(f"没有找到 LibreOffice,没有做 PDF。{_BY_HAND}")
        return
    made = dict(_converted(office, wanted, jobs))
    _keep(space, made)
    left = [source.name for source in wanted if source not in made]
    progress.say(f"做好 PDF {len(made)}份。")
    if left:
        progress.say(f"没有做成 PDF 的{len(left)}份:{'、'.join(left)}。{_BY_HAND}")


def _wanted(folder: Path) -> Iterator[Path]:
    """Give the files without a PDF; a PDF that somebody else made counts."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in files:
        if path.suffix in _PRINTED and not path.name.startswith((".", "~$")) and not _pdf(path).exists():
            yield path


def _pdf(source: Path) -> Path:
    return source.with_suffix(".pdf")


def _converted(office: Path, sources: Iterable[Path], jobs: int) -> Iterator[tuple[Path, tuple[str, bytes]]]:
    """Yield each source with the SHA-256 of what was read of it and the PDF of just that."""
    taken = {str(source): source.read_bytes() for source in sources}
    for name, data in convert(office, taken, dict.fromkeys(_PRINTED, "pdf"), jobs).items():
        yield Path(name), (digest(taken[name]), data)


def convert(office: Path, sources: Mapping[str, bytes], kinds: Mapping[str, str], jobs: int = 1) -> dict[str, bytes]:
    """Give the PDFs of workbooks and documents by their names, of each ending as it is to be converted; what fails is left out."""
    made: dict[str, bytes] = {}
    with TemporaryDirectory(ignore_cleanup_errors=True) as work:
        place = Path(work)
        for suffix, kind in kinds.items():
            own = [name for name in sources if name.endswith(suffix)]
            copies = {name: place / f"{no:04d}{suffix}" for no, name in enumerate(own)}
            for name, copy in copies.items():
                copy.write_bytes(sources[name])
            out = place / f"out{suffix}"
            out.mkdir()
            _run_shared(office, place, list(copies.values()), out, kind, jobs)
            for name, copy in copies.items():
                with suppress(OSError):
                    made[name] = _pdf(out / copy.name).read_bytes()
    return made


def _run_shared(office: Path, place: Path, files: list[Path], out: Path, kind: str, jobs: int) -> None:
    """Share the files among LibreOffices with a profile each, not so many that they would do little but start."""
    shares = max(min(jobs, len(files) // _SHARE), 1)
    parts = [files[no::shares] for no in range(shares) if files]
    with ThreadPoolExecutor(shares) as pool:
        list(pool.map(lambda no: _run(office, place / f"profile{no}", parts[no], out, kind), range(len(parts))))


def _run(office: Path, profile: Path, files: list[Path], out: Path, kind: str) -> None:
    """Run LibreOffice over the files; a failure or a time-out is no error, the PDFs made so far count."""
    settings = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command = [str(office), *settings, "--convert-to", kind, "--outdir", str(out), *map(str, files)]
    with suppress(OSError), TemporaryFile() as said:
        running = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True)  # noqa: S603 - on our own copies
        try:
            running.wait(_START + _EACH * len(files))
        except subprocess.TimeoutExpired:
            _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    """Kill the process, and where the system has process groups, its children."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.killpg(running.pid, signal.SIGKILL)
    running.kill()
    running.wait()


def _keep(space: Workspace, made: Mapping[Path, tuple[str, bytes]]) -> None:
    for folder in sorted({source.parent for source in made}):
        record = _read(folder)
        for source, (made_from, data) in made.items():
            if source.parent == folder:
                record[_pdf(source).name] = _Printed(source=source.name, made_from=made_from, sha256=digest(data))
        _write(space, folder, record)
        for source, (_, data) in made.items():
            if source.parent == folder:
                space.write(_pdf(source), data)


def _read(folder: Path) -> _Record:
    return read_entries(folder / RECORD, _Printed.from_json)


def _write(space: Workspace, folder: Path, record: _Record) -> None:
    write_entries(space, folder / RECORD, {name: asdict(each) for name, each in record.items()})
