"""The forms of the registers."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.accounts.api import Region, units_visible
from zhixing.apps.registry.models import Authorisation, Licence, Subject, SubjectPerson, TradeMark
from zhixing.apps.registry.selectors import marks_visible, subjects_visible
from zhixing.engines.identifiers import normalise_code
from zhixing.kit.files.api import links_of
from zhixing.kit.register import RegisterForm

_BETWEEN = re.compile(r"[\s,，、;；]+")


class DateField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, required=False, **kwargs)


class ListField(forms.CharField):
    """Several short codes in one line, with commas or spaces between them; a list of texts."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(item) for item in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [str(item) for item in value]
        return [part for part in _BETWEEN.split(super().to_python(value) or "") if part]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial or "") != self.to_python(data or ""))


class RowField(forms.CharField):
    """A row of a register, typed as its code or as `#` and its number in the register."""

    actor: Any = None
    model: ClassVar[type[Subject | TradeMark]]
    code: ClassVar[str]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = self.model._default_manager.filter(pk=value).first() or ""
        if isinstance(value, self.model):
            return getattr(value, self.code) or f"#{value.pk}"
        return value

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(self.prepare_value(value)) or "").strip()
        if not text:
            return None
        is_number = text.startswith("#") and text[1:].isdecimal()
        return self.the_one(Q(pk=int(text[1:])) if is_number else self.named(text), text)

    def named(self, text: str) -> Q:
        """What a row must meet to be the one typed."""
        return Q(**{self.code: normalise_code(text)})

    def the_one(self, condition: Q, text: str) -> Any:
        """The one row that the actor sees and that meets the condition.

        Raises:
            ValidationError: there is none, or not one alone.
        """
        raise LookupError(f"{type(self).__name__} must say which rows there are")

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, after = self.prepare_value(initial) or "", self.prepare_value(data) or ""
        return bool(str(before).strip() != str(after).strip())


class SubjectField(RowField):
    """A subject by its code, its number in the register or its full name."""

    model, code = Subject, "uscc"

    def named(self, text: str) -> Q:
        return super().named(text) | Q(name=text)

    def the_one(self, condition: Q, text: str) -> Subject:
        found = list(subjects_visible(self.actor).filter(condition)[:2])
        if len(found) != 1:
            sentence = (
                _("More than one subject is called “%(text)s”; give the code.")
                if found
                else _("No subject of your offices has the code or name “%(text)s”.")
            )
            raise forms.ValidationError(sentence % {"text": text})
        return found[0]


class MarkField(RowField):
    """A trade mark by its registration number or its number in the register."""

    model, code = TradeMark, "registration_number"

    def the_one(self, condition: Q, text: str) -> TradeMark:
        found: TradeMark | None = marks_visible(self.actor).filter(condition).first()
        if found is None:
            sentence = _("No mark in the register has the registration number “%(text)s”.")
            raise forms.ValidationError(sentence % {"text": text})
        return found


class OfficeField(forms.ChoiceField):
    """One of the actor's offices, by its path."""

    def offer(self, actor: Any) -> None:
        """Set the choices to the offices the actor sees, indented as the tree is."""
        units = list(units_visible(actor).filter(closed_on__isnull=True)) if actor else []
        top = min((unit.path.count("/") for unit in units), default=0)
        self.choices = [
            (unit.path, "\u3000" * (unit.path.count("/") - top) + unit.name) for unit in units
        ]


class PlacedForm(RegisterForm[Any]):
    """A form of the registry: office and subject fields know who fills them in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, OfficeField):
                field.offer(self.actor)
            elif isinstance(field, RowField):
                field.actor = self.actor
        if self.is_new and "unit_path" in self.fields and self.actor is not None:
            self.initial.setdefault("unit_path", self.actor.unit_path)


class SubjectForm(PlacedForm):
    """A subject."""

    unit_path = OfficeField(label=gettext_lazy("Office"))
    registered_on = DateField(label=gettext_lazy("Registered on"))
    renamed_on = DateField(
        label=gettext_lazy("Name changed on"),
        help_text=gettext_lazy("Of the present name; a new name typed above counts from today."),
    )
    ended_on = DateField(
        label=gettext_lazy("Deregistered on"),
        help_text=gettext_lazy("Left empty, the day on which it is marked deregistered here."),
    )
    region = forms.ModelChoiceField(
        Region.objects.none(), label=gettext_lazy("Region"), required=False
    )

    class Meta:
        model = Subject
        fields = (
            "name",
            "uscc",
            "kind",
            "status",
            "industry",
            "unit_path",
            "region",
            "address",
            "longitude",
            "latitude",
            "legal_representative",
            "phone",
            "registered_on",
            "renamed_on",
            "ended_on",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [Region.Level.COUNTY, Region.Level.TOWNSHIP]
        chosen = Q(level__in=levels) | Q(pk=self.instance.region_id)
        self.fields["region"].queryset = Region.objects.filter(chosen)  # type: ignore[attr-defined]
        self.fields["uscc"].help_text = _("18 characters; the check character is verified.")
        self.fields["industry"].help_text = _("GB/T 4754: one letter and up to four digits.")


class LicenceForm(PlacedForm):
    """A licence or filing."""

    subject = SubjectField(
        label=gettext_lazy("Subject"), help_text=gettext_lazy("Code or full name of the operator.")
    )
    valid_from = DateField(label=gettext_lazy("Valid from"))
    valid_to = DateField(label=gettext_lazy("Valid to"))

    class Meta:
        model = Licence
        fields = (
            "subject",
            "kind",
            "number",
            "scope",
            "issued_by",
            "valid_from",
            "valid_to",
            "status",
        )


class GoodsForm(PlacedForm):
    """A form with the goods that a mark is for."""

    nice_classes = ListField(
        label=gettext_lazy("Nice classes"),
        required=False,
        help_text=gettext_lazy("1 to 45, with commas between them."),
    )
    similar_groups = ListField(
        label=gettext_lazy("Similar groups"),
        required=False,
        help_text=gettext_lazy("Four digits each, with commas between them."),
    )


class TradeMarkForm(GoodsForm):
    """A trade mark."""

    unit_path = OfficeField(label=gettext_lazy("Office that looks after it"))
    holder = SubjectField(
        label=gettext_lazy("Holder in the register"),
        required=False,
        help_text=gettext_lazy("Code or full name, if the holder is an operator here."),
    )
    protection = forms.MultipleChoiceField(
        label=gettext_lazy("Protection"),
        choices=TradeMark.Protection.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    filed_on = DateField(label=gettext_lazy("Filed on"))
    registered_on = DateField(label=gettext_lazy("Registered on"))
    expires_on = DateField(label=gettext_lazy("Expires on"))

    class Meta:
        model = TradeMark
        fields = (
            "text",
            "registration_number",
            "kind",
            "status",
            "protection",
            "nice_classes",
            "similar_groups",
            "holder_name",
            "holder",
            "holder_country",
            "agent_name",
            "unit_path",
            "filed_on",
            "registered_on",
            "expires_on",
        )


class AuthorisationForm(GoodsForm):
    """A contract that allows the use of a mark."""

    unit_path = OfficeField(label=gettext_lazy("Office"))
    grantor = SubjectField(
        label=gettext_lazy("Who grants, in the register"),
        required=False,
        help_text=gettext_lazy("Code or full name, if it is an operator here."),
    )
    grantee = SubjectField(
        label=gettext_lazy("Who is allowed, in the register"),
        required=False,
        help_text=gettext_lazy("Code or full name, if it is an operator here."),
    )
    mark = MarkField(
        label=gettext_lazy("Mark in the register"),
        required=False,
        help_text=gettext_lazy("Its registration number."),
    )
    starts_on = DateField(label=gettext_lazy("First day"))
    ends_on = DateField(label=gettext_lazy("Last day"))
    filed_on = DateField(label=gettext_lazy("Filed on"))

    class Meta:
        model = Authorisation
        fields = (
            "kind",
            "exclusivity",
            "grantor_name",
            "grantor",
            "grantee_name",
            "grantee",
            "mark_text",
            "mark",
            "contract_number",
            "starts_on",
            "ends_on",
            "goods",
            "nice_classes",
            "similar_groups",
            "territory",
            "export_only",
            "filing_number",
            "filed_on",
            "status",
            "unit_path",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Either the name or the operator of the register is enough; the deed asks for one.
        self.fields["grantor_name"].required = False
        self.fields["grantee_name"].required = False


class PersonForm(forms.ModelForm):
    """A person of a subject."""

    class Meta:
        model = SubjectPerson
        fields = ("role", "name", "phone", "identity_number")


class ReasonForm(forms.Form):
    """Why something sensitive is done; kept in the audit."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("The reason is written into the audit with your name."),
    )


class FigureForm(forms.Form):
    """The figure of a mark: one of its pictures, a new one, or none."""

    picture = forms.ChoiceField(
        label=gettext_lazy("Figure of the mark"), required=False, widget=forms.RadioSelect
    )
    upload = forms.FileField(
        label=gettext_lazy("Or a new picture"),
        required=False,
        help_text=gettext_lazy("PNG, JPEG, WebP or GIF; it is attached to the mark."),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}
        ),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, mark: TradeMark, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"picture": mark.image_id or "", "stamp": mark.updated.isoformat()}
        )
        super().__init__(*args, **kwargs)
        self.pictures = [
            link.file for link in links_of(mark) if link.file.media_type.startswith("image/")
        ]
        named = [(str(file.pk), file.name) for file in self.pictures]
        self.fields["picture"].choices = [*named, ("", _("No figure"))]  # type: ignore[attr-defined]

    def choice(self) -> dict[str, Any]:
        """What the deed is to be told (call after `is_valid()`); an upload goes before a choice."""
        given = self.cleaned_data
        chosen = next((f for f in self.pictures if str(f.pk) == given["picture"]), None)
        return {
            "file": None if given["upload"] else chosen,
            "upload": given["upload"],
            "stamp": parse_datetime(given["stamp"] or ""),
        }
