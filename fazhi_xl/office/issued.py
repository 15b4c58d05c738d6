"""A round as it was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.build import forms_of, refuse_other_forms
from fazhi_xl.office.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A round as it was issued, and the catalogue that its returns are read by."""

    notice: Notice
    space: Workspace
    edition: Edition
    forms: tuple[Form, ...]

    @property
    def form_of(self) -> Mapping[str, Form]:
        return {form.unit: form for form in self.forms}


def issued_round(notice: Notice, space: Workspace) -> Issued:
    """Make the round's forms anew. Raises WrongUseError where nothing was issued, or the catalogue now gives other forms."""
    held = space.issued_campaign()
    edition = Edition.parse(held["version"])
    forms = forms_of(notice, space, edition)
    refuse_other_forms(notice, space, forms, held)
    return Issued(notice=notice, space=space, edition=edition, forms=forms)
