"""A round as it was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.manifest import ALIKE, manifest
from fazhi_xl.form.model import Form
from fazhi_xl.form.unit_form import Previous, unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.editions import EarlierEdition, earlier_editions
from fazhi_xl.office.workspace.folder import Workspace, read_json
from fazhi_xl.office.workspace.shared_forms import SharedForms
from fazhi_xl.text.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedRound:
    """A round as it was issued, and the catalogue that its returns are read by."""

    notice: Notice
    space: Workspace
    edition: Edition
    forms: tuple[Form, ...]
    earlier: Mapping[str, EarlierEdition] = field(default_factory=dict)  # the editions before this one, by their texts
    alike: frozenset[str] = frozenset()  # those of them that differ from it in nothing but what their checks say

    @property
    def form_of(self) -> Mapping[str, Form]:
        return {form.unit: form for form in self.forms}


def issued_round(notice: Notice, space: Workspace, shared: SharedForms | None = None) -> IssuedRound:
    """Make the round's forms anew, from what rounds of the notice have in common where that is `shared`.

    Raises WrongUseError where nothing was issued, or the catalogue now gives other forms.
    """
    held = space.issued_campaign()
    edition = Edition.of_record(held)
    forms = forms_of(notice, space, edition, shared)
    refuse_other_forms(notice, space, forms, held, shared)
    earlier = earlier_editions(notice, space, edition.text)
    alike = frozenset(map(str, held.get(ALIKE, ())))
    return IssuedRound(notice=notice, space=space, edition=edition, forms=forms, earlier=earlier, alike=alike)


def changed_units(
    notice: Notice, forms: tuple[Form, ...], before: dict[str, Any], shared: SharedForms | None = None
) -> list[str]:
    """Name the units whose inputs are no longer what campaign.json says was issued."""
    if shared and shared.issued_alike(before):
        return []
    now = _inputs(manifest(notice, forms, edition=Edition.of_record(before), issued=""))
    changed = [unit for unit, inputs in _inputs(before).items() if now.get(unit) != inputs]
    if shared and not changed:
        shared.keep_alike(before)
    return changed


def refuse_other_forms(
    notice: Notice,
    space: Workspace,
    forms: tuple[Form, ...],
    held: dict[str, Any],
    shared: SharedForms | None = None,
) -> None:
    """Compare the forms with those issued. Raises WrongUseError where the catalogue has been changed since."""
    units = changed_units(notice, forms, held, shared)
    if units and held["campaign"] != notice.campaign:
        raise WrongUseError(
            f"{space.root} 是“{held['campaign']}”那一轮的,不是“{notice.campaign}”的,没有往下做。"
            "请不写工作目录,或写这一轮的;要做另一轮的,换一个输出位置(",
            Command.OUT,
            ")。",
        )
    if units:
        raise WrongUseError(
            f"工作目录在发放之后改动过填报项(涉及{units[0]}等{len(units)}家),与发放的表对不上,没有往下做。",
            f"请改回目录(发放时的目录在 {space.archive / '目录'}),或运行 ",
            Command.ISSUE_AGAIN,
            " 按新目录重新发放;已经发出去的旧表仍可以收。",
        )


def _inputs(held: dict[str, Any]) -> dict[str, Any]:
    """Give each unit's inputs without their ids: records of earlier versions have none, and an id may be added later."""
    shapes = {name: [{**each, "id": ""} for each in shape["inputs"]] for name, shape in held["shapes"].items()}
    return {unit["unit"]: shapes[unit["shape"]] for unit in held["units"]}


def forms_of(notice: Notice, space: Workspace, edition: Edition, shared: SharedForms | None = None) -> tuple[Form, ...]:
    """Give every unit's form of an edition, with an earlier round's answers where it was issued with them."""
    return make_forms(notice, space, edition, kept_earlier(space, edition), shared)


def make_forms(
    notice: Notice, space: Workspace, edition: Edition, previous: Previous | None, shared: SharedForms | None = None
) -> tuple[Form, ...]:
    if shared and previous is None:
        return shared.forms(edition, space.key())
    return tuple(unit_forms(notice, assign(notice), edition=edition, key=space.key(), previous=previous))


def keep_earlier(space: Workspace, edition: Edition, answers: Previous) -> None:
    """Keep the answers that an edition is issued with, so that what comes back is read by the same form."""
    space.make(space.archive)
    space.write_json(_earlier_file(space, edition), answers)


def kept_earlier(space: Workspace, edition: Edition) -> Previous | None:
    """Give the answers that an edition's forms bear; None where they bear none. Raises WrongUseError."""
    path = _earlier_file(space, edition)
    return read_json(path) if path.exists() else None


def _earlier_file(space: Workspace, edition: Edition) -> Path:
    return space.archive / f"上期-{edition.text}.json"
