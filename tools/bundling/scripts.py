"""The files that are double-clicked: .bat for Windows, .sh for Linux, all from the table of starters.

cmd reads a .bat in the console's code page, line by line: it is GBK with CRLF, and its first command sets code page 936, so that a computer
of another code page reads the lines behind it right. What cmd could take for more than text is refused by `windows_faults`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fazhi_xl.text.commands import Starter

CODE_PAGE = "gbk"
_UNPACK = "请先把整个压缩包解压到一个文件夹,再到那个文件夹里双击;解压过的,文件不全,再解压一次。"
_NO_PYTHON = "没有找到 64 位的 Python {pythons}。请让 IT 人员装一个,或把{portable},再双击一次。"
_EMBEDDABLE = "嵌入式 Python 解压到这里的 python 文件夹"
_PORTABLE = "能带走的 Python 放进这里的 python 文件夹(python/bin/python3)"
_NO_FOLDER = "打不开这个文件夹。请把它拷到本机的磁盘,路径里不要有百分号,再双击一次。"
_PROMPT = "在这里输入命令,例如 fazhi-build --help 或 fazhi-collect --help;做完输入 exit。"
_BY_PROMPT = f"请双击{Starter.PROMPT.quoted},在打开的窗口里输入 fazhi-{{command}}。"
_ENTER = "按回车键关闭……"
_COMMANDS = ("build", "collect")
_NEEDED = ("find", "install.py", "start.py")
# What would lead Python elsewhere, or make it say something else.
_MISLEADING = (
    "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONIOENCODING", "PYTHONSAFEPATH", "PYTHONWARNINGS",
)  # fmt: skip


def _versions(pythons: Sequence[str]) -> str:
    return "、".join(pythons)


def _script(starter: Starter) -> str:
    """Name the script that a Python has to fit."""
    return "install.py" if starter is Starter.INSTALL else "start.py"


# Windows --------------------------------------------------------------------------------------------------------------

_BAT = f"""\
@echo off
chcp 936 >nul
setlocal EnableExtensions DisableDelayedExpansion
title {{title}}
set STATUS=2
pushd "%~dp0"
if not %errorlevel%==0 goto nofolder
{"".join(f'if not exist "program{chr(92)}{name}" goto packed{chr(10)}' for name in ("find.bat", *_NEEDED[1:]))}\
call "program\\find.bat" {{script}}
if not %errorlevel%==0 goto done
{{run}}
:done
popd
echo.
pause
exit /b %STATUS%
:packed
echo {_UNPACK}
goto done
:nofolder
echo {_NO_FOLDER}
pause
exit /b 2
"""
_BAT_STEP = """\
call %PY% "program\\{script}"{arguments}
set STATUS=%errorlevel%"""
_BAT_PROMPT = f"""\
call %PY% "program\\start.py" ready
if not %errorlevel%==0 goto done
if defined EMBEDDED set PY="%CD%\\python\\python.exe"
set "PATH=%CD%\\program\\commands;%PATH%"
echo {_PROMPT}
cmd /k
popd
exit /b 0"""
_BAT_FIND = f"""\
rem Sets PY to a Python that fits: the one in this folder, or one that the launcher or the path has. %1 is the script that is to be run.
set PY=
set EMBEDDED=
{"".join(f"set {name}=" + chr(10) for name in _MISLEADING)}\
if not exist "python\\python.exe" call :unpack
set ASK="program\\%~1" fits
call :all
if defined PY exit /b 0
rem None fits the script, so the first that the bundle has libraries for runs it, and says why.
set ASK="program\\install.py" fits
call :all
if defined PY exit /b 0
echo {{no_python}}
exit /b 1
:unpack
for %%A in (python-3.*-embed-amd64.zip) do call :unpackone "%%A"
exit /b 0
:unpackone
if not exist "python" md "python"
tar -xf %1 -C "python"
if exist "python\\python.exe" exit /b 0
rd "python"
echo 嵌入式 Python 的压缩包没有解开。请自己把它解压到 python 文件夹,再双击一次。
exit /b 0
:all
rem Its path is relative: call would expand a percent sign in a folder's name once more.
if exist "python\\python.exe" call :one "python\\python.exe"
if defined PY set EMBEDDED=1
{{launched}}\
call :one python
call :one python3
exit /b 0
:one
if defined PY exit /b 0
call %* %ASK% >nul 2>nul
if not %errorlevel%==0 exit /b 0
set PY=%*
exit /b 0
"""
_BAT_COMMAND = f"""\
@echo off
if not defined PY goto clicked
%PY% "%~dp0..\\start.py" {{command}} %*
exit /b %errorlevel%
:clicked
chcp 936 >nul
echo {_BY_PROMPT}
pause
exit /b 2
"""

_BAT_PYTHON = """\
@echo off
rem The Python of this folder with its libraries, for what another program starts: the console in Excel.
setlocal EnableExtensions DisableDelayedExpansion
pushd "%~dp0..\\.."
call "program\\find.bat" start.py
if not defined PY exit /b 2
%PY% "program\\start.py" python %*
exit /b %errorlevel%
"""


def windows(pythons: Sequence[str]) -> Mapping[str, bytes]:
    """Give the .bat files by their paths in the bundle, which has libraries for these Pythons."""
    texts = {f"{each}.bat": _bat(each) for each in Starter}
    no_python = _NO_PYTHON.format(pythons=_versions(pythons), portable=_EMBEDDABLE)
    launched = "".join(f"call :one py -{each}\n" for each in reversed(pythons))
    texts["program/find.bat"] = _BAT_FIND.format(no_python=no_python, launched=launched)
    texts["program/commands/python.bat"] = _BAT_PYTHON
    texts |= {f"program/commands/fazhi-{each}.bat": _BAT_COMMAND.format(command=each) for each in _COMMANDS}
    return {path: text.replace("\n", "\r\n").encode(CODE_PAGE) for path, text in texts.items()}


def _bat(starter: Starter) -> str:
    run = _BAT_PROMPT if starter is Starter.PROMPT else _step(_BAT_STEP, starter)
    return _BAT.format(title=starter, script=_script(starter), run=run)


def _step(template: str, starter: Starter) -> str:
    arguments = "" if starter is Starter.INSTALL else f' run "{starter}"'
    return template.format(script=_script(starter), arguments=arguments)


_LABEL = re.compile(r":(?P<name>[a-z]+)")
_JUMP = re.compile(r"(?:goto |call :)(?P<name>[a-z]+)")
_KNOWN = re.compile(
    r"@echo off|rem .*|chcp \d+ >nul|setlocal [A-Za-z ]+|title [^&|<>^%!]+"
    r"|set [A-Z]+=.*|set \"[A-Z]+=[^\"]*\"|(?:pushd|popd|pause|md|rd|tar)(?: .*)?"
    r"|if (?:not )?(?:exist \"[^\"]*\"|defined [A-Z]+|%errorlevel%==0) .+|goto [a-z]+|call .+"
    r"|for %%A in \([^()]*\) do call .+|exit /b (?:\d|%STATUS%|%errorlevel%)|cmd /k|echo[. ][^&|<>^%!]*|%PY% .+"
)
"""Every form of line that the files have; whoever writes another one has to think of what cmd makes of it."""
_SPECIAL = frozenset(b"\\^|&<>`@")  # bytes that mean something to cmd, and may end a character of two
_LONGEST = 8191  # characters that cmd takes of a line


def windows_faults(path: str, data: bytes) -> Iterator[str]:
    """Say what cmd would read otherwise than it is meant, line by line."""
    lines = data.split(b"\r\n")
    labels = {match["name"] for raw in lines if (match := _LABEL.fullmatch(raw.decode(CODE_PAGE)))}
    if lines[-1]:
        yield f"{path}: the last line does not end"
    for number, raw in enumerate(lines, 1):
        where = f"{path}:{number}"
        if b"\n" in raw or b"\r" in raw or len(raw) > _LONGEST:
            yield f"{where}: not one line to cmd"
        yield from (f"{where}: {fault}" for fault in _line_faults(raw.decode(CODE_PAGE), labels))


def _line_faults(line: str, labels: set[str]) -> Iterator[str]:
    if any(character.encode(CODE_PAGE)[-1] in _SPECIAL for character in line if not character.isascii()):
        yield "a character whose second byte means something to cmd"
    if line and not (_LABEL.fullmatch(line) or _KNOWN.fullmatch(line)):
        yield f"no known form: {line}"
    if (jump := _JUMP.search(line)) and not line.startswith("rem ") and jump["name"] not in labels:
        yield f"no label {jump['name']}"
    if line.count('"') % 2:
        yield "a quotation mark without its other"


# Linux ----------------------------------------------------------------------------------------------------------------

_SH = f"""\
#!/bin/sh
cd "$(dirname "$0")" || exit 2
status=2
set -- {{script}}
PY=
if {" && ".join(f"[ -f program/{name} ]" for name in ("find.sh", *_NEEDED[1:]))}; then
    . ./program/find.sh
else
    echo '{_UNPACK}'
fi
if [ -n "$PY" ]; then
{{run}}
fi
if [ -t 0 ]; then
    printf '\\n{_ENTER}'
    read -r _
fi
exit $status
"""
_SH_STEP = """\
    "$PY" program/{script}{arguments}
    status=$?"""
_SH_PROMPT = f"""\
    if "$PY" program/start.py ready; then
        PATH="$PWD/program/commands:$PATH"
        export PATH PY
        echo '{_PROMPT}'
        exec /bin/sh
    fi"""
_SH_FIND = f"""\
# Sets PY to a Python that fits: the one in this folder, or one that the path has. $1 is the script that is to be run.
unset {" ".join(_MISLEADING)}
PYTHONUTF8=1 # whatever the locale, names of files are UTF-8
export PYTHONUTF8
find_python() {{{{
    for PY in "$PWD/python/bin/python3" {{named}} python3; do
        "$PY" "program/$1" fits >/dev/null 2>&1 && return
    done
    PY=
}}}}
find_python "$1"
# None fits the script, so the first that the bundle has libraries for runs it, and says why.
[ -n "$PY" ] || find_python install.py
[ -n "$PY" ] || echo '{{no_python}}'
"""
_SH_COMMAND = f"""\
#!/bin/sh
[ -n "$PY" ] || {{{{ echo '{_BY_PROMPT}' && exit 2; }}}}
exec "$PY" "$(dirname "$0")/../start.py" {{command}} "$@"
"""


def linux(pythons: Sequence[str]) -> Mapping[str, bytes]:
    """Give the .sh files by their paths in the bundle; the installer adds a .desktop to each, which has to name its folder."""
    texts = {f"{each}.sh": _sh(each) for each in Starter}
    no_python = _NO_PYTHON.format(pythons=_versions(pythons), portable=_PORTABLE)
    named = " ".join(f"python{each}" for each in reversed(pythons))
    texts["program/find.sh"] = _SH_FIND.format(no_python=no_python, named=named)
    texts |= {f"program/commands/fazhi-{each}": _SH_COMMAND.format(command=each) for each in _COMMANDS}
    return {path: text.encode() for path, text in texts.items()}


def _sh(starter: Starter) -> str:
    run = _SH_PROMPT if starter is Starter.PROMPT else _step(_SH_STEP, starter)
    return _SH.format(script=_script(starter), run=run)
