"""Forms for signing in, offices and officers; choices are the actor's own offices."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.models import Officer, OrgUnit, Region, Role
from zhixing.apps.accounts.selectors import units_open
from zhixing.kit.actors import Actor
from zhixing.kit.register import RegisterForm


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, with the browser's own calendar; today unless something else is given."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    more.setdefault("initial", timezone.localdate)
    return forms.DateField(label=label, widget=widget, **more)


def reason_field() -> forms.CharField:
    """The sentence that a deed asks for."""
    return forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence; it stays in the audit."),
    )


class UnitField(forms.ModelChoiceField):
    """One office, shown with its place in the tree."""

    def label_from_instance(self, obj: Any) -> str:
        return "\u3000" * (obj.path.count("/") - 1) + str(obj)


class SignInForm(AuthenticationForm):
    """User name and password; says before it happens that the account will be locked."""

    error_messages: dict[str, Any] = {
        "invalid_login": _(
            "The user name or the password is wrong. After %(limit)d failures sign-in is locked"
            " for %(minutes)d minutes."
        ),
        "inactive": _("This account is locked; ask the administrator of your bureau."),
    }

    def get_invalid_login_error(self) -> forms.ValidationError:
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        return forms.ValidationError(
            self.error_messages["invalid_login"],
            code="invalid_login",
            params={"limit": settings.AXES_FAILURE_LIMIT, "minutes": minutes},
        )


class _ActorForm(forms.Form):
    """A form that knows who fills it in."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def offer_units(self, name: str, units: QuerySet[OrgUnit]) -> None:
        """Give a field its offices."""
        self.fields[name].queryset = units  # type: ignore[attr-defined]


class OpenOfficeForm(_ActorForm):
    """A new office below one of the actor's."""

    parent = UnitField(OrgUnit.objects.none(), label=_("Below"))
    name = forms.CharField(label=_("Name"), max_length=60)
    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("Letters and digits, not in use yet.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OrgUnit.Kind.choices)
    region = forms.CharField(
        label=_("Region"), max_length=12, required=False,
        help_text=_("Division code by GB/T 2260, e.g. 370102."),
    )  # fmt: skip
    opened_on = day_field(_("Opened on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_units("parent", units_open(self.actor))

    def clean_region(self) -> Region | None:
        """The region of the code."""
        code = self.cleaned_data["region"].strip()
        if not code:
            return None
        region = Region.objects.filter(code=code).first()
        if region is None:
            raise forms.ValidationError(_("No region has this code; import the regions first."))
        return region


class CloseOfficeForm(_ActorForm):
    """The last day of an office, and who goes on with its work."""

    on = day_field(_("Last day"))
    successor = UnitField(
        OrgUnit.objects.none(), label=_("Successor"), required=False,
        help_text=_("Its officers see the rows of the closed office from then on."),
    )  # fmt: skip
    reason = reason_field()

    def __init__(self, *args: Any, unit: OrgUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_units("successor", units_open(self.actor).exclude(pk=unit.pk))


class OfficerForm(RegisterForm[Officer]):
    """A new account with its first roles at its own office."""

    field_order = ("username", "display_name", "unit", "phone", "since", "password", "roles")

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    since = day_field(_("Since"))
    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    class Meta:
        model = Officer
        fields = ("username", "display_name", "unit", "phone")
        field_classes: ClassVar[dict[str, Any]] = {"unit": UnitField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("Letters, digits and @ . + - _")
        self.fields["display_name"].label = _("Full name")
        self.fields["display_name"].required = True
        self.fields["unit"].label = _("Office")
        unit: Any = self.fields["unit"]
        unit.queryset, unit.required = units_open(self.actor), True


class RoleForm(_ActorForm):
    """A role at an office."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = UnitField(OrgUnit.objects.none(), label=_("Office"))
    since = day_field(_("Since"))
    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_units("unit", units_open(self.actor))


class EndRoleForm(forms.Form):
    """The last day of a role."""

    on = day_field(_("Last day"))
    reason = reason_field()


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = reason_field()
