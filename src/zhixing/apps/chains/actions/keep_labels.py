"""Deeds on product labels: enter, change, confirm the roles; the text is read at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.chains.models import Label, LabelParty
from zhixing.apps.chains.parties import (
    EVERYWHERE,
    KEY_LENGTH,
    Operator,
    marks_named,
    operators,
    subject_with_code,
)
from zhixing.apps.chains.protected import protected_brands
from zhixing.apps.registry.api import clean_nice_classes
from zhixing.engines.labels import (
    LENDING_ROLES,
    METHOD,
    PARTY_ROLES,
    Party,
    flags,
    is_overseas,
    parse,
    score,
)
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.kit.search import split_for_search

LONGEST_TEXT = 5_000
# Facts of the text that fill a field which the officer left empty.
FILLED = {"product": "product", "brand": "brand", "barcode": "barcode"}


def create_label(actor: Actor, values: Mapping[str, Any]) -> Label:
    """Enter a label; its text is read into parties, and its chain checked.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: there is no text, or a field cannot be right.
    """
    label = Label(unit_path=actor.unit_path)
    apply_changes(label, values)
    require(actor, "chains.add_label", label)
    found = _read(label)
    with deed(actor, "label.create") as act:
        label.save()
        act.obj = label
        _keep_parties(label, found)
        act.detail = {"parties": len(found), "method": str(METHOD)}
    _check_chain(label)
    return label


def update_label(
    actor: Actor,
    obj: Label,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Label:
    """Change a label; with another text the roles are read, and have to be confirmed, anew.

    Raises:
        Refused: the label, or the office it is given to, is not one of the actor's.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        label = fresh_row(obj, stamp)
        require(actor, "chains.change_label", label)
        before = label.text
        with deed(actor, "label.update", label, reason=reason):
            apply_changes(label, changes)
            require(actor, "chains.change_label", label)
            if _plain(label.text) != before:
                label.confirmed_at = label.confirmed_by = None
                found = _read(label)
                label.parties.all().delete()
                _keep_parties(label, found)
            else:
                _complete(label)
            label.save()
    _check_chain(label)
    return label


def confirm_parties(
    actor: Actor,
    obj: Label,
    rows: Sequence[tuple[str, str]],
    *,
    stamp: datetime | None = None,
) -> Label:
    """Keep the roles as an officer read them off the label: (role, name) each.

    A row that the engine had read the same keeps its place in the text.

    Raises:
        Refused: the officer may not, or not there.
        Stale: a colleague changed the label since `stamp`.
        Invalid: a role is unknown or a name is missing.
    """
    with transaction.atomic():
        label = fresh_row(obj, stamp)
        require(actor, "chains.confirm_label", label)
        named = [(role, " ".join(name.split())) for role, name in rows]
        for role, name in named:
            if role not in LabelParty.Role.values or not name:
                raise Invalid(_("Each line needs a role and a name."))
        kept = {(party.role, party.name): party for party in label.parties.all()}
        detail = {"before": [list(pair) for pair in kept], "after": [list(pair) for pair in named]}
        with deed(actor, "label.confirm", label, detail=detail):
            label.parties.exclude(
                pk__in=[party.pk for pair, party in kept.items() if pair in named]
            ).delete()
            new = [pair for pair in dict.fromkeys(named) if pair not in kept]
            parties = [
                Party(role, name, "", 0, 0, role in PARTY_ROLES and is_overseas(name))
                for role, name in new
            ]
            _keep_parties(label, parties, corrected=True)
            _judge(label, [_as_read(party) for party in label.parties.all()], protected_brands())
            label.confirmed_at = timezone.now()
            label.confirmed_by_id = actor.actor_id
            label.save()
    _check_chain(label)
    return label


def read_labels(labels: Sequence[Label]) -> None:
    """Read labels that an import has just written; part of its deed.

    Names and marks of all of them are looked up together.
    """
    brands = protected_brands()
    found = {label.pk: _read(label, brands, look_up=False) for label in labels}
    marks = marks_named(label.brand for label in labels)
    sellers = operators(label.seller_name for label in labels)
    for label in labels:
        if label.mark_id is None:
            label.mark_id = marks.get(label.brand)
        if label.seller_id is None and label.seller_name in sellers:
            label.seller_id = sellers[label.seller_name].subject_id
    Label.objects.bulk_update(
        labels,
        ["text", "product", "brand", "barcode", "product_key", "has_lender", "has_overseas",
         "flags", "score", "method_version", "search_text", "mark", "seller", "confirmed_at"],
        batch_size=500,
    )  # fmt: skip
    LabelParty.objects.filter(label__in=[label.pk for label in labels]).delete()
    known = operators(
        party.name for parties in found.values() for party in parties if party.role in PARTY_ROLES
    )
    LabelParty.objects.bulk_create(
        [_row(label, party, known) for label in labels for party in found[label.pk]],
        batch_size=1000,
    )


def reread_labels(actor: Actor, labels: Sequence[Label]) -> None:
    """Read labels again that another version of the engine has read; one deed for all.

    Roles that an officer confirmed stay; only what is suspicious about them is judged anew.
    """
    with deed(actor, "label.reread", detail={"labels": len(labels), "method": str(METHOD)}):
        read_labels([label for label in labels if not label.is_confirmed])
        confirmed = [label for label in labels if label.is_confirmed]
        brands = protected_brands()
        for label in confirmed:
            _judge(label, [_as_read(party) for party in label.parties.all()], brands)
            label.method_version = METHOD.version
        Label.objects.bulk_update(
            confirmed,
            ["has_lender", "has_overseas", "flags", "score", "method_version"],
            batch_size=500,
        )


def _read(
    label: Label, brands: frozenset[str] | None = None, *, look_up: bool = True
) -> list[Party]:
    """Fill what follows from the text; the parties found, not yet kept."""
    label.text = _plain(label.text)
    if not label.text:
        sentence = _("Type what stands on the label, at least the names of the firms.")
        raise Invalid(sentence, fields={"text": [sentence]})
    if len(label.text) > LONGEST_TEXT:
        facts = {"most": LONGEST_TEXT, "found": len(label.text)}
        sentence = (
            _("Expected at most %(most)d characters, found %(found)d; keep what is about firms.")
            % facts
        )
        raise Invalid(sentence, fields={"text": [sentence]})
    found = parse(label.text)
    for role, field in FILLED.items():
        if not getattr(label, field):
            value = next((party.name for party in found if party.role == role), "")
            longest = getattr(Label._meta.get_field(field), "max_length", None)
            setattr(label, field, value[:longest])
    _judge(label, found, protected_brands() if brands is None else brands)
    label.method_version = METHOD.version
    _complete(label, look_up=look_up)
    return found


def _judge(label: Label, found: Sequence[Party], brands: frozenset[str]) -> None:
    raised = flags(found, brands)
    label.flags = [asdict(flag) for flag in raised]
    label.score = score(raised)
    label.has_lender = any(
        party.role in LENDING_ROLES and (party.role != "entrusting" or party.overseas)
        for party in found
    )
    label.has_overseas = any(party.overseas for party in found)


def _complete(label: Label, *, look_up: bool = True) -> None:
    label.number = label.number.strip()
    label.nice_classes = clean_nice_classes(label.nice_classes)
    label.product_key = _product_key(label)
    label.search_text = split_for_search(
        label.number, label.brand, label.product, label.seller_name, label.text
    )
    if look_up:
        if label.seller is not None and not label.seller_name:
            label.seller_name = label.seller.name
        elif label.seller is None and label.seller_name:
            label.seller_id = operators([label.seller_name])[label.seller_name].subject_id
        if label.mark is None and label.brand:
            label.mark_id = marks_named([label.brand]).get(label.brand)
        _refuse_double(label)
        validate(label)


def _refuse_double(label: Label) -> None:
    same = Label.objects.filter(number=label.number).exclude(pk=label.pk)
    if label.number and same.exists():
        sentence = _("A label with this number is in the register already.")
        raise Invalid(sentence, fields={"number": [sentence]})


def _product_key(label: Label) -> str:
    """Labels of one product: the bar code decides, else brand and product together."""
    if label.barcode:
        return label.barcode
    return f"{label.brand}|{label.product}" if label.brand and label.product else ""


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _keep_parties(label: Label, found: Iterable[Party], *, corrected: bool = False) -> None:
    found = list(found)
    known = dict(operators(party.name for party in found if party.role in PARTY_ROLES))
    makers = [party for party in found if party.role == "manufacturer"]
    if len(makers) == 1 and known[makers[0].name].subject_id is None:
        pk = subject_with_code([party.name for party in found if party.role == "code"])
        if pk is not None:
            known[makers[0].name] = Operator(f"s{pk}", makers[0].name, pk)
    LabelParty.objects.bulk_create(
        [_row(label, party, known, corrected=corrected) for party in found]
    )


def _row(
    label: Label, party: Party, known: Mapping[str, Operator], *, corrected: bool = False
) -> LabelParty:
    operator = known.get(party.name) if party.role in PARTY_ROLES else None
    return LabelParty(
        label=label,
        role=party.role,
        name=party.name[:KEY_LENGTH],
        formula=party.formula[:40],
        start=None if corrected else party.start,
        end=None if corrected else party.end,
        is_overseas=party.overseas,
        is_corrected=corrected,
        subject_id=operator.subject_id if operator else None,
        party_key=operator.key if operator else "",
    )


def _as_read(party: LabelParty) -> Party:
    return Party(
        party.role, party.name, party.formula, party.start or 0, party.end or 0, party.is_overseas
    )


def _check_chain(label: Label) -> None:
    from zhixing.apps.chains.actions.check_chains import check_around

    check_around(EVERYWHERE, label)
