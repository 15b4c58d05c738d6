"""A collect beside the sealed editions: which returns came later, what differs from the newest, and what was sealed kept in mind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fazhi_xl.office.returns.after_sealing import SealedBefore
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.sealing.differences import Comparison
from fazhi_xl.office.sealing.editions import Editions, read_editions, remember_all
from fazhi_xl.office.sealing.grounds import catalogue
from fazhi_xl.office.sealing.records import record_faults
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.recorded_folder import stored
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.sealed import SealedEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """The sealed editions as a collect finds them; `faults` tell what of them, and of the records they were made from, is otherwise."""

    editions: Editions
    faults: tuple[str, ...]

    @classmethod
    def of(cls, space: Workspace) -> Sealing:
        editions = read_editions(space)
        return cls(editions=editions, faults=(*editions.faults, *record_faults(space, editions.sealed)))

    @property
    def before(self) -> SealedBefore | None:
        """What was there by the last sealing; None where nothing is sealed."""
        newest, admitted = self.editions.newest, self.editions.admitted
        if newest is None or admitted is None:
            return None
        return SealedBefore(called=f"第{newest.no}号定稿({newest.day})", admitted=admitted)

    def beside(self, round_: Round, decisions: tuple[Decision, ...], adopted: Mapping[str, str]) -> Round:
        """Give the round with what differs from the newest edition."""
        newest = self.editions.newest
        if newest is None:
            return round_
        files = {name: stored(path) or "" for name, path in catalogue(round_.notice)}
        compared = Comparison(sealed=newest, round_=round_, decisions=decisions, adopted=adopted, files=files)
        return replace(
            round_,
            sealed=SealedEdition(
                no=newest.no,
                name=newest.name,
                by=newest.by,
                day=newest.day,
                differences=compared.differences(),
                open=not round_.official,
                disturbed=bool(self.faults),
            ),
        )

    def remember(self, space: Workspace) -> None:
        """Keep copies of what tells of the editions, where a run was killed before it could. Raises WrongUseError."""
        remember_all(space, self.editions)
