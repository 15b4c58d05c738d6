"""Two returns of one form, input by input."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.answers.read import Answers, value_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An input that says something else now; None is blank."""

    field: str
    label: str
    old: str | None
    new: str | None


def differences(before: Answers, after: Answers) -> tuple[Difference, ...]:
    """Compare two returns of one form as they were understood, in the form's order; how a value was written makes no difference."""
    return tuple(
        Difference(
            field=key, label=field.label, old=value_text(before.values.get(key)), new=value_text(after.values.get(key))
        )
        for key, field in after.shape.fields.items()
        if before.values.get(key) != after.values.get(key)
    )
