"""A case: who is suspected of what, where it stands, and what was found, proposed and decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.kit.acts import act_label, in_language
from zhixing.kit.scope import Placed


def state_choices() -> list[tuple[str, str]]:
    """The states of the procedure, in the order of the law table and the language of the page."""
    states = law.procedure().states.values()
    return [(state.code, in_language(state, "title")) for state in states]


class Case(Placed):
    """One matter from its first check to the archive; its state moves by `take_step` alone."""

    class Party(models.TextChoices):
        ENTITY = "entity", _("Enterprise or other organisation")
        HOUSEHOLD = "household", _("Individual business")
        PERSON = "person", _("Natural person")

    class ReviewKind(models.TextChoices):
        CASE = "case", _("Case review")
        LEGAL = "legal", _("Legal review")

    class Answer(models.TextChoices):
        STATEMENT = "statement", _("Statement and defence")
        HEARING = "hearing", _("Hearing")
        WAIVED = "waived", _("Waived in writing")
        SILENT = "silent", _("Nothing said in time")

    class Decision(models.TextChoices):
        PENALTY = "penalty", _("Penalty")
        NO_PENALTY = "no_penalty", _("Unlawful act, no penalty")
        NOT_ESTABLISHED = "not_established", _("Facts not established")
        TRANSFER_OTHER = "transfer_other", _("Transfer to another agency")
        TRANSFER_POLICE = "transfer_police", _("Transfer to the police")

    class Band(models.TextChoices):
        """The band of discretion; publication and repair of credit depend on it."""

        MITIGATED = "mitigated", _("Mitigated")
        LIGHTER = "lighter", _("Lighter")
        ORDINARY = "ordinary", _("Ordinary")
        HEAVIER = "heavier", _("Heavier")

    class Closing(models.TextChoices):
        PERFORMED = "performed", _("Decision carried out")
        COURT_ENDED = "court_ended", _("Court ended enforcement")
        TERMINATED = "terminated", _("Investigation terminated")
        NO_PENALTY = "no_penalty", _("No penalty by law")
        NOT_ESTABLISHED = "not_established", _("Facts not established")
        TRANSFERRED = "transferred", _("Transferred")

    WITHOUT_PENALTY = (
        Decision.NO_PENALTY,
        Decision.NOT_ESTABLISHED,
        Decision.TRANSFER_OTHER,
        Decision.TRANSFER_POLICE,
    )

    personal_fields = {
        "party_head": "name",
        "party_id_number": "identity",
        "party_phone": "phone",
    }

    number = models.CharField(_("case number"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("matter"), max_length=200)
    act_kind = models.CharField(_("kind of act"), max_length=30)
    lead = models.OneToOneField(
        "leads.Lead", models.PROTECT, null=True, blank=True, related_name="case",
        verbose_name=_("lead"),
    )  # fmt: skip
    subject = models.ForeignKey(
        "registry.Subject", models.PROTECT, null=True, blank=True, related_name="cases",
        verbose_name=_("subject"),
    )  # fmt: skip
    party_name = models.CharField(_("party"), max_length=200)
    party_kind = models.CharField(
        _("kind of party"), max_length=10, choices=Party.choices, default=Party.ENTITY
    )
    party_code = models.CharField(_("unified code of the party"), max_length=18, blank=True)
    party_address = models.CharField(_("address of the party"), max_length=200, blank=True)
    party_head = models.CharField(_("legal representative"), max_length=60, blank=True)
    party_id_number = models.CharField(_("identity number"), max_length=30, blank=True)
    party_phone = models.CharField(_("telephone"), max_length=30, blank=True)
    found_on = models.DateField(_("lead found or received on"))
    acted_on = models.DateField(_("last day of the act"), null=True, blank=True)
    is_food = models.BooleanField(_("food safety case"), default=False)

    state = models.CharField(_("state"), max_length=20, default="checking", editable=False)
    # Where a suspended case goes back to.
    state_before = models.CharField(max_length=20, blank=True, editable=False)
    summary = models.TextField(_("result of the check"), blank=True)
    # Codes of the four conditions of filing that were found to hold (Order 2 art 19).
    conditions = models.JSONField(_("conditions of filing"), default=list, blank=True)
    ground = models.CharField(_("ground"), max_length=30, blank=True)

    facts_found = models.TextField(_("facts established"), blank=True)
    proof = models.TextField(_("evidence and what it proves"), blank=True)
    nature = models.TextField(_("nature of the act"), blank=True)
    discretion = models.TextField(_("reasons of discretion"), blank=True)
    proposal = models.TextField(_("proposal"), blank=True)
    proposed_fine = models.DecimalField(
        _("fine proposed"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    proposed_confiscation = models.DecimalField(
        _("gains and goods to confiscate"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    proposed_other = models.CharField(_("other penalty proposed"), max_length=300, blank=True)
    # Revoking a licence, stopping the business or another heavy penalty opens a hearing.
    is_heavy = models.BooleanField(_("heavy penalty other than money"), default=False)
    is_complex = models.BooleanField(_("complex or of great interest"), default=False)

    review_kind = models.CharField(
        _("kind of review"), max_length=5, choices=ReviewKind.choices, blank=True
    )
    review_opinion = models.TextField(_("opinion of the review"), blank=True)
    hearing_offered = models.BooleanField(_("right to a hearing told"), default=False)
    answer = models.CharField(
        _("answer of the party"), max_length=10, choices=Answer.choices, blank=True
    )
    answer_text = models.TextField(_("what the party said"), blank=True)
    hearing_report = models.TextField(_("report on the hearing"), blank=True)
    discussed_on = models.DateField(_("discussed on"), null=True, blank=True)
    discussion = models.TextField(_("collective discussion"), blank=True)

    decision = models.CharField(_("decision"), max_length=16, choices=Decision.choices, blank=True)
    fine = models.DecimalField(_("fine"), max_digits=16, decimal_places=2, null=True, blank=True)
    confiscation = models.DecimalField(
        _("confiscated"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    other_penalty = models.CharField(_("other penalty"), max_length=300, blank=True)
    basis = models.TextField(_("legal basis"), blank=True)
    band = models.CharField(_("band"), max_length=10, choices=Band.choices, blank=True)
    band_reason = models.TextField(_("why this band"), blank=True)

    filed_on = models.DateField(_("case filed on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    archived_on = models.DateField(_("archived on"), null=True, blank=True)
    closing = models.CharField(
        _("how it ended"), max_length=16, choices=Closing.choices, blank=True
    )
    # The earliest clock that runs, for lists and boards; none when nothing is due.
    due_on = models.DateField(_("next due"), null=True, blank=True, editable=False)
    due_clock = models.CharField(_("clock"), max_length=40, blank=True, editable=False)
    search_text = models.TextField(_("search text"), blank=True, editable=False)
    created = models.DateTimeField(_("entered"), auto_now_add=True)
    updated = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["due_on", "id"], name="case_due"),
            models.Index(fields=["state", "id"], name="case_state"),
            models.Index(fields=["found_on", "id"], name="case_found"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_on__isnull=False), name="case_decided_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(fine__isnull=True) | Q(fine__gte=0), name="case_fine_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:cases-detail", args=[self.pk])

    @property
    def state_label(self) -> str:
        """The state in the words of the law table, in the language of the page."""
        return in_language(law.procedure().states[self.state], "title")

    @property
    def act_label(self) -> str:
        """The kind of act in words."""
        return act_label(self.act_kind)

    @property
    def is_open(self) -> bool:
        """Whether anything can still be done in it."""
        return bool(law.procedure().steps_from(self.state))
