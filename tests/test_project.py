"""What a maintainer is told: rooms, recipes, commands, links and machines are those that there are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from docs.make_rooms import DOCUMENT, PACKAGE, rooms, with_table

PROJECT = Path(__file__).parents[1]
DOCUMENTS = (PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md")))
named = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(PROJECT).as_posix())


def text(*path: str) -> str:
    return PROJECT.joinpath(*path).read_text("utf-8")


class TestRooms:
    def test_table(self) -> None:
        """docs/architecture.md lists every room with what its docstring says; `uv run docs/make_rooms.py` writes the table anew."""
        told = DOCUMENT.read_text("utf-8")
        assert told == with_table(told)

    def test_every_folder(self) -> None:
        """Every folder and every module of the package that stands by itself is a room, and says what is in it."""
        folders = {f"{path.parent.relative_to(PACKAGE).as_posix()}/" for path in PACKAGE.glob("*/**/__init__.py")}
        modules = {path.name for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
        assert set(dict(rooms())) == folders | modules
        assert [name for name, said in rooms() if not said] == []

    def test_picture(self) -> None:
        """The picture of the data's way shows every topmost folder of the package, and no room that there is not."""
        (picture,) = re.findall(r"```mermaid\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
        shown = set(re.findall(r'\["([\w/]+/)"\]', picture))
        assert shown <= set(dict(rooms()))
        assert {f"{name.partition('/')[0]}/" for name in shown} == {
            f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")
        }

    def test_classes(self) -> None:
        """Every class that docs/architecture.md names is there."""
        code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
        names = re.findall(r"`([A-Z]\w+)`", DOCUMENT.read_text("utf-8"))
        assert [name for name in names if f"\nclass {name}" not in code] == []


class TestDocuments:
    @named
    def test_links(self, document: Path) -> None:
        """Every link within the project leads to a file, and to a heading of it where it names one."""
        prose = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        links = re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", prose)
        assert [link for link, heading in links if not _leads(document, link, heading)] == []

    @named
    def test_modules(self, document: Path) -> None:
        """Every module that is named is there: by its path in the project, in the package, or among the returns' steps."""
        paths = re.findall(r"`([\w/]+\.py)`", document.read_text("utf-8"))
        homes = (PROJECT, PACKAGE, PACKAGE / "office" / "returns")
        assert [path for path in paths if not any((home / path).is_file() for home in homes)] == []

    @named
    def test_scripts(self, document: Path) -> None:
        """Every script of a command is there."""
        scripts = re.findall(r"\buv run (?:--\S+ \w+ )?(?:python )?([\w/]+\.py)\b", document.read_text("utf-8"))
        assert [script for script in scripts if not (PROJECT / script).is_file()] == []


def _leads(document: Path, link: str, heading: str) -> bool:
    target = document.parent / link if link else document
    return target.exists() and (not heading or heading in set(_anchors(target)))


def _anchors(document: Path) -> Iterator[str]:
    for title in re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def recipes() -> dict[str, list[str]]:
    """Give the justfile's recipes with their commands as they are without options."""
    justfile = text("justfile")
    known = dict(re.findall(r'^(\w+) := "(.*)"$', justfile, re.MULTILINE))
    found = {}
    for name, parameters, body in re.findall(r"^([a-z-]+)((?: [^:\n]+)?):\n((?:    .*\n)+)", justfile, re.MULTILINE):
        values = known | dict(re.findall(r'(\w+)="([^"]*)"', parameters))
        lines = re.sub(r"\{\{ (\w+) \}\}", lambda at: values.get(at[1], ""), body).splitlines()  # noqa: B023 - used at once
        found[name] = [line.strip() for line in lines]
    return found


class TestRecipes:
    def test_table(self) -> None:
        """CONTRIBUTING.md lists the justfile's recipes in its order, each with the commands that it runs."""
        told = {
            name: re.findall(r"`(.*?)`", commands)
            for name, commands in re.findall(r"^\| `just ([a-z-]+)` \| (.*) \|$", text("CONTRIBUTING.md"), re.MULTILINE)
        }
        assert list(told.items()) == list(recipes().items())

    def test_hooks(self) -> None:
        """The commit hooks are those of the project itself, and run the commands of `just check`."""
        hooks = text(".pre-commit-config.yaml")
        assert re.findall(r"repo: (.*)", hooks) == ["local"]
        entries = [
            entry.replace(" --quiet", "").replace(" --force-exclude", "") for entry in re.findall(r"entry: (.*)", hooks)
        ]
        assert entries == recipes()["check"]


class TestMachines:
    def test_devcontainer(self) -> None:
        """The container for development holds the packages that .ci/run installs, those of npm in their versions."""
        (packages,) = re.findall(r"^PACKAGES=\((.*?)\)", text(".ci", "run"), re.MULTILINE | re.DOTALL)
        from_npm = re.findall(r"^(?:VALIDATOR|HYPERFORMULA)='(.*)'", text(".ci", "run"), re.MULTILINE)
        assert len(from_npm) == 2
        assert {*packages.split(), *from_npm} <= set(text(".devcontainer", "Dockerfile").split())

    def test_workflow(self) -> None:
        """The hosted workflow runs .ci/run on the image of the container for development, and may only read."""
        workflow = text(".github", "workflows", "ci.yml")
        assert "run: .ci/run\n" in workflow
        (image,) = re.findall(r"^FROM (.*)$", text(".devcontainer", "Dockerfile"), re.MULTILINE)
        assert f"container: {image} " in workflow
        assert re.findall(r"^permissions:\n((?:  .*\n)+)", workflow, re.MULTILINE) == ["  contents: read\n"]


def test_commands_of_the_wheel() -> None:
    """The two commands that a wheel installs are the functions of the two scripts."""
    commands = tomllib.loads(text("pyproject.toml"))["project"]["scripts"]
    for script, command in (("build_workbooks.py", "fazhi-build"), ("collect.py", "fazhi-collect")):
        module, _, function = commands.pop(command).partition(":")
        assert f"from {module} import {function}\n" in text(script)
        assert callable(getattr(import_module(module), function))
    assert commands == {}
