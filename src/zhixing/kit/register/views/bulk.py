"""One change to many rows: choose, see row by row what would change, say why, do."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.kit.actors import require
from zhixing.kit.errors import Invalid
from zhixing.kit.register.actions import update_rows
from zhixing.kit.register.base import Register
from zhixing.kit.register.columns import plain_text
from zhixing.kit.register.listing import Listing
from zhixing.kit.register.saving import Stale
from zhixing.kit.requests import OfficerRequest

BULK_LIMIT = 1000
PREVIEW_ROWS = 100


@dataclass(frozen=True, slots=True)
class Planned:
    """What would happen to one row."""

    obj: Any
    changes: list[tuple[str, str, str]]


class BulkForm(forms.Form):
    """The register's bulk fields, each optional, and the reason."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, *args: Any, register: type[Register], actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert register.form is not None
        fields = register.form(actor=actor).fields
        for name in register.bulk_fields:
            field = fields[name]
            field.required, field.initial = False, None
            if isinstance(field, forms.ChoiceField) and not isinstance(
                field, forms.ModelChoiceField | forms.MultipleChoiceField
            ):
                given: list[Any] = list(field.choices)  # type: ignore[arg-type]
                kept = [choice for choice in given if choice[0] not in ("", None)]
                field.choices = [("", _("unchanged")), *kept]
            elif isinstance(field, forms.ModelChoiceField):
                field.empty_label = _("unchanged")
            self.fields[name] = field
        self.order_fields([*register.bulk_fields, "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.changes():
            raise forms.ValidationError(_("Choose what to change."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The fields that were filled in."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "reason" and value not in (None, "", [])
        }


def edit_rows(request: OfficerRequest, register: type[Register]) -> HttpResponse:
    """The steps of a bulk edit; nothing is stored between them."""
    require(request.user, register.permissions.bulk or register.permissions.change)
    if request.method != "POST":
        return HttpResponseRedirect(register.url())
    try:
        rows = _chosen(request, register)
    except Invalid as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(f"{register.url()}?{request.POST.get('query', '')}")
    step = request.POST.get("step", "")
    data = request.POST if step in {"preview", "apply"} else None
    form = BulkForm(data, register=register, actor=request.user)
    planned: list[Planned] = []
    digest = _digest(rows)
    if data is not None and form.is_valid():
        planned = [_plan(register, row, form.changes()) for row in rows]
        if step == "apply":
            if request.POST.get("digest") != digest:
                form.add_error(None, _("Some of these changed meanwhile. Look again, then apply."))
            elif _apply(request, register, rows, form):
                return HttpResponseRedirect(f"{register.url()}?{request.POST.get('query', '')}")
    context = {
        "register": register,
        "form": form,
        "rows": rows,
        "planned": [row for row in planned if row.changes][:PREVIEW_ROWS],
        "changing": sum(bool(row.changes) for row in planned),
        "preview_rows": PREVIEW_ROWS,
        "is_preview": bool(planned),
        "digest": digest,
        "query": request.POST.get("query", ""),
        "list_url": register.url(),
        "bulk_url": register.url("bulk"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "kit/register/bulk.html", context, status=status)


def _chosen(request: OfficerRequest, register: type[Register]) -> list[Any]:
    """The ticked rows, or all rows of the list."""
    query = QueryDict(request.POST.get("query", ""))
    rows = Listing(register, request.user, query, request).queryset
    if request.POST.get("scope") != "all":
        ticked = [pk for pk in request.POST.getlist("row") if pk.isdecimal()]
        rows = register.rows_visible(request.user).filter(pk__in=ticked[: BULK_LIMIT + 1])
    found = list(rows.order_by("pk")[: BULK_LIMIT + 1])
    if not found:
        raise Invalid(_("Tick the rows to change first."))
    if len(found) > BULK_LIMIT:
        raise Invalid(
            _("At most %(limit)d can be changed at once; narrow the filter.")
            % {"limit": BULK_LIMIT}
        )
    return found


def _plan(register: type[Register], row: Any, changes: dict[str, Any]) -> Planned:
    planned = []
    for name, value in changes.items():
        field = row._meta.get_field(name)
        if getattr(row, name) != value:
            choices = dict(getattr(field, "flatchoices", None) or {})
            before, after = (choices.get(v, v) for v in (getattr(row, name), value))
            planned.append(
                (
                    str(field.verbose_name),
                    plain_text(before) if before not in (None, "") else "",
                    plain_text(after),
                )
            )
    return Planned(row, planned)


def _apply(
    request: OfficerRequest, register: type[Register], rows: list[Any], form: BulkForm
) -> bool:
    changes = form.changes()
    affected = [row for row in rows if _plan(register, row, changes).changes]
    try:
        number = update_rows(
            request.user, register, affected, changes, reason=form.cleaned_data["reason"]
        )
    except Stale as stale:
        form.add_error(None, str(stale))
        return False
    except Invalid as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("%(number)d changed.") % {"number": number})
    return True


def _digest(rows: list[Any]) -> str:
    """Fingerprint of the rows as they stand, so that a preview is of what will be changed."""
    text = ";".join(f"{row.pk}:{row.updated.isoformat()}" for row in rows)
    return sha256(text.encode()).hexdigest()
