"""Run by the Python that has UNO: let LibreOffice save a workbook in another format, with a password.

Arguments: LibreOffice, the address of its profile, the file, the new file, the name of the filter, the password.
"""

from __future__ import annotations

import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def main(soffice: str, profile: str, source: str, target: str, filter_name: str, password: str) -> None:
    pipe = f"pipe,name={uuid.uuid4().hex};urp;"
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore", f"--accept={pipe}"]
    office = subprocess.Popen(command)
    try:
        hidden = (_value("Hidden", content=True),)
        book = _desktop(pipe).loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden)
        saving = (_value("FilterName", content=filter_name), _value("Password", content=password))
        book.storeToURL(Path(target).as_uri(), saving)
    finally:
        office.terminate()
        office.wait(30)


def _desktop(pipe: str) -> Any:  # noqa: ANN401 - UNO has no types
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(120):
        try:
            remote = resolver.resolve(f"uno:{pipe}StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
        else:
            return remote.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    raise TimeoutError


def _value(name: str, *, content: object) -> Any:  # noqa: ANN401 - UNO has no types
    return PropertyValue(name, 0, content, 0)


main(*sys.argv[1:])
