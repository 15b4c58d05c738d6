"""Has LibreOffice open and save every return: `python -m benchmarks.peers.resaving RETURNS FOLDER`; prints of how many, 0 without it."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

from tests.clients.absent import ClientAbsentError
from tests.clients.libreoffice import LibreOffice
from tests.clients.office import find_programs


def main(returns: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    with suppress(ClientAbsentError), LibreOffice(find_programs()) as office:
        for path in sorted(returns.rglob("*.xlsx")):
            with office.open(path) as document:
                document.save_as(folder / path.name)
    print(json.dumps({"count": len(list(folder.iterdir()))}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
