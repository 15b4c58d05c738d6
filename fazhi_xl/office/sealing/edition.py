"""A sealed edition as 定稿.json tells of it: who sealed what and when, what it rests on, and the digest of every file in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from fazhi_xl.office.packing.manifest import manifest_bytes
from fazhi_xl.office.sealing.naming import folder_name
from fazhi_xl.office.sealing.snapshot import UnitStanding
from fazhi_xl.office.workspace.folder import Json, json_bytes
from fazhi_xl.office.workspace.recorded_folder import digest
from fazhi_xl.rounds.sealed import Changed, Difference

TOLD, ABOUT = "定稿.json", "定稿说明.txt"
_FORMAT = 1
Digests = Mapping[str, str]
"""SHA-256 by path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReturn:
    """A file among the returns; `admitted` says that it was judged as any other, and not held back since it came after a sealing."""

    path: str
    sha256: str
    unit: str | None
    status: str
    received: str
    admitted: bool = True

    @classmethod
    def of_json(cls, held: Json) -> SealedReturn:
        unit, texts = held["unit"], {key: str(held[key]) for key in ("path", "sha256", "status", "received")}
        return cls(**texts, unit=None if unit is None else str(unit), admitted=bool(held["admitted"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRecord:
    """How far the record of decisions went: how many, the SHA-256 of its lines, and of the last, to which the next is linked."""

    count: int
    sha256: str
    last: str

    @classmethod
    def of_json(cls, held: Json) -> SealedRecord:
        return cls(count=int(held["count"]), sha256=str(held["sha256"]), last=str(held["last"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The edition before: its number, its name, and the SHA-256 of its manifest."""

    no: int
    name: str
    manifest: str

    @classmethod
    def of_json(cls, held: Json) -> Before:
        return cls(no=int(held["no"]), name=str(held["name"]), manifest=str(held["manifest"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed edition. `files` are the digests of all its files but 定稿.json and the manifest, by their paths within it.

    `generated` is the moment that stands on its pages, `sealed` when it was sealed, both ISO 8601 with an offset; `about` says of the
    round what else other programs need, and `missing` and `to_correct` are the units that returned nothing, or what is to be corrected.
    """

    no: int
    name: str
    by: str
    sealed: str
    generated: str
    about: Json
    returns: tuple[SealedReturn, ...]
    record: SealedRecord
    readings: Mapping[str, str]
    units: tuple[UnitStanding, ...]
    missing: tuple[str, ...] = ()
    to_correct: tuple[str, ...] = ()
    before: Before | None = None
    changes: tuple[Difference, ...] = ()
    files: Digests = field(default_factory=dict)

    @property
    def folder(self) -> str:
        return folder_name(self.no, self.name)

    @property
    def day(self) -> str:
        return self.sealed[:10]

    @property
    def admitted(self) -> frozenset[str]:
        """The SHA-256 of every file that was judged as any other when it was sealed."""
        return frozenset(each.sha256 for each in self.returns if each.admitted)

    def below(self, folder: str) -> Digests:
        """Give the digests of the files in a folder of it, by their paths within that."""
        return {
            path.removeprefix(f"{folder}/"): held for path, held in self.files.items() if path.startswith(f"{folder}/")
        }

    @property
    def as_json(self) -> Json:
        return {
            "format": _FORMAT,
            "no": self.no,
            "name": self.name,
            "by": self.by,
            "sealed": self.sealed,
            "generated": self.generated,
            **self.about,
            "missing": list(self.missing),
            "to_correct": list(self.to_correct),
            "returns": [asdict(each) for each in self.returns],
            "decisions": asdict(self.record),
            "readings": dict(self.readings),
            "previous": asdict(self.before) if self.before else None,
            "changes": [{**asdict(each), "kind": each.kind.value} for each in self.changes],
            "units": [each.as_json for each in self.units],
            "files": dict(sorted(self.files.items())),
        }

    @property
    def data(self) -> bytes:
        """Give 定稿.json."""
        return json_bytes(self.as_json)

    def manifest(self, data: bytes) -> bytes:
        """Give the manifest, with 定稿.json as it stands there."""
        return manifest_bytes({**self.files, TOLD: digest(data)})

    @classmethod
    def of_json(cls, held: Json) -> Sealed:
        """Read 定稿.json. Raises KeyError, TypeError, ValueError and the like where it is damaged."""
        if held["format"] != _FORMAT:
            raise ValueError(held["format"])
        before, texts = held["previous"], {key: str(held[key]) for key in ("name", "by", "sealed", "generated")}
        return cls(
            **texts,
            no=int(held["no"]),
            about={key: held[key] for key in ABOUT_KEYS},
            returns=tuple(map(SealedReturn.of_json, held["returns"])),
            record=SealedRecord.of_json(held["decisions"]),
            readings={str(key): str(chosen) for key, chosen in held["readings"].items()},
            units=tuple(map(UnitStanding.of_json, held["units"])),
            missing=tuple(map(str, held["missing"])),
            to_correct=tuple(map(str, held["to_correct"])),
            before=Before.of_json(before) if before else None,
            changes=tuple(_difference(each) for each in held["changes"]),
            files={str(path): str(sha256) for path, sha256 in held["files"].items()},
        )


ABOUT_KEYS = (
    "basis",
    "round",
    "campaign",
    "year",
    "title",
    "edition",
    "rehearsal",
    "program",
    "catalogue",
    "sources",
    "compared",
)
"""What 定稿.json says of the round besides; see `seal`."""


def _difference(held: Json) -> Difference:
    texts = {key: str(held[key]) for key in ("unit", "row", "what", "before", "now", "why")}
    return Difference(kind=Changed.of(held["kind"]), **texts)


def name_of_copy(folder: str) -> str:
    """Name the copy of 定稿.json that is kept outside 定稿/."""
    return f"{folder}.json"
