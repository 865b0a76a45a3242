"""The form behind a register: only what was touched is changed, and masked data stays masked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Generic, TypeVar

from django import forms
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from zhixing.kit.errors import Invalid
from zhixing.kit.masking import mask

M = TypeVar("M", bound=models.Model)
REMOVE = "-"


class RegisterForm(forms.ModelForm, Generic[M]):  # type: ignore[type-arg]
    """A model form that knows which fields the officer touched.

    Each field carries what it held when the form was opened, so that of two officers editing one
    row each changes only what they touched. Personal fields are shown masked and empty: empty
    keeps what is stored, a single hyphen removes it.

    Args:
        actor: who fills it in; choices may depend on it.
        kept: names touched in an earlier round of this form (after a stale save).
    """

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    touched = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Any = None, kept: Iterable[str] = (), **kwargs: Any):
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.kept = set(kept)
        if not self.is_new:
            self._prepare_edit()

    @property
    def is_new(self) -> bool:
        """Whether the form enters a row rather than changing one."""
        return bool(self.instance._state.adding)

    @property
    def personal(self) -> dict[str, str]:
        """Personal fields of this form, with their kind of mask."""
        declared = getattr(self.instance, "personal_fields", {})
        return {name: kind for name, kind in declared.items() if name in self.fields}

    def _prepare_edit(self) -> None:
        self.initial["stamp"] = self.instance.updated.isoformat()
        self.initial["touched"] = ",".join(sorted(self.kept))
        for name, field in self.fields.items():
            if name not in {"stamp", "touched"}:
                field.show_hidden_initial = True
        for name, kind in self.personal.items():
            field = self.fields[name]
            field.required = False
            if name not in self.kept:
                self.initial[name] = ""
            shown = mask(kind, getattr(self.instance, name))
            field.help_text = (
                _("Stored: %(masked)s. Empty keeps it; a single hyphen removes it.")
                % {"masked": shown}
                if shown
                else _("Nothing stored yet.")
            )

    @property
    def opened_with(self) -> datetime | None:
        """The `updated` value of the row when the form was opened."""
        return parse_datetime(self.cleaned_data.get("stamp") or "")

    def changes(self) -> dict[str, Any]:
        """The touched fields with their new values (call after `is_valid()`)."""
        touched = set(self.changed_data) | set(
            filter(None, self.cleaned_data["touched"].split(","))
        )
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in touched and name not in {"stamp", "touched"}
        }
        for name in self.personal:
            if name in values and values[name] == REMOVE:
                values[name] = ""
            elif name in values and values[name] == "":
                del values[name]
        return values

    def values(self) -> dict[str, Any]:
        """All fields with their values, for entering a row (call after `is_valid()`)."""
        names = set(self.fields) - {"stamp", "touched"}
        return {name: value for name, value in self.cleaned_data.items() if name in names}

    def add_refusal(self, error: Invalid) -> None:
        """Show what the action found wrong beside its field, or above the form."""
        placed = {name: texts for name, texts in error.fields.items() if name in self.fields}
        for name, texts in placed.items():
            for text in texts:
                self.add_error(name, text)
        for name, texts in error.fields.items():
            if name not in placed:
                self.add_error(None, f"{name}: {' '.join(texts)}")
        if not error.fields:
            self.add_error(None, str(error))

    def rebased(self, row: M) -> RegisterForm[M]:
        """The form over the row as it stands now, keeping what this officer touched."""
        changes = self.changes()
        return type(self)(instance=row, initial=dict(changes), actor=self.actor, kept=changes)

    def changed_meanwhile(self, row: M) -> list[tuple[str, str, bool]]:
        """(label, value now, touched here too) of each field that another officer changed."""
        now, mine = type(self)(instance=row, actor=self.actor), self.changes()
        result = []
        for name, field in self.fields.items():
            if name in {"stamp", "touched"} or name in self.personal:
                continue
            if field.has_changed(now[name].initial, self._opened(name)):
                result.append((str(now[name].label), self._shown(row, name), name in mine))
        return result

    def _opened(self, name: str) -> Any:
        """What the field held when the form was opened, as the hidden copy tells."""
        widget = self.fields[name].hidden_widget()
        return widget.value_from_datadict(self.data, self.files, self[name].html_initial_name)

    def _shown(self, row: M, name: str) -> str:
        display = getattr(row, f"get_{name}_display", None)
        value = display() if display is not None else getattr(row, name, "")
        return "" if value is None else str(value)
