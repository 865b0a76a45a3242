"""Offices, the regions they look after, and the officers who work there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.kit.scope import PathField

PROVINCE_ZEROS, CITY_ZEROS = "0000", "00"


def parent_code(code: str) -> str:
    """990102001003 → 990102001 → 990102 → 990100 → 990000 → nothing (GB/T 2260, GB/T 10114)."""
    if len(code) > 6:
        return code[:-3]
    if code.endswith(PROVINCE_ZEROS):
        return ""
    return code[:2] + PROVINCE_ZEROS if code.endswith(CITY_ZEROS) else code[:4] + CITY_ZEROS


class Region(models.Model):
    """A division by its GB/T 2260 code, down to village and community (12 digits)."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        COUNTY = "county", _("County or district")
        TOWNSHIP = "township", _("Township or street")
        VILLAGE = "village", _("Village or community")

    class UrbanRural(models.TextChoices):
        """The three-digit urban–rural class of the statistical division code."""

        CORE = "111", _("Urban core")
        FRINGE = "112", _("Urban–rural fringe")
        TOWN = "121", _("Town centre")
        TOWN_FRINGE = "122", _("Town fringe")
        SPECIAL = "123", _("Special area")
        TOWNSHIP_SEAT = "210", _("Township seat")
        VILLAGE = "220", _("Village")

    code = models.CharField(
        _("division code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^\d{6}(\d{3}(\d{3})?)?$")],
    )
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    urban_rural = models.CharField(
        _("urban–rural class"), max_length=3, choices=UrbanRural.choices, blank=True
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def parent_code(self) -> str:
        """The code of the division above; the code itself says it. Empty for a province."""
        return parent_code(self.code)

    @property
    def is_rural(self) -> bool:
        """Whether the statistical class counts as rural (2xx)."""
        return self.urban_rural.startswith("2")


class OrgUnit(models.Model):
    """A bureau or office. A reorganisation closes units and opens others; nothing is rewritten."""

    class Kind(models.TextChoices):
        CITY = "city", _("City bureau")
        COUNTY = "county", _("District or county bureau")
        OFFICE = "office", _("Field office")

    code = models.CharField(
        _("code"), max_length=20, unique=True, validators=[RegexValidator(r"^[0-9A-Za-z]+$")]
    )
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = PathField(_("path"), unique=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name=_("region")
    )
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="orgunit_closes_after_opening",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, on: date) -> bool:
        """Whether the unit works on the day; the closing day is its last."""
        return self.opened_on <= on and (self.closed_on is None or on <= self.closed_on)


class Role(models.TextChoices):
    """What an officer may be; permissions hang on roles, jurisdiction on the office."""

    LEADER = "leader", _("Bureau leader")
    HEAD = "head", _("Office head")
    OFFICER = "officer", _("Officer")
    SAMPLER = "sampler", _("Sampler")
    LABORATORY = "laboratory", _("Laboratory")
    OPERATOR = "operator", _("Operator")
    REPORTER = "reporter", _("Data reporter")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Officer(AbstractUser):
    """Whoever signs in; the `Actor` of every deed done through a page."""

    personal_fields = {"phone": "phone"}

    display_name = models.CharField(_("name"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officers",
        verbose_name=_("office"),
    )

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_absolute_url(self) -> str:
        return reverse("accounts:officer", args=[self.pk])

    @property
    def actor_id(self) -> int | None:
        return self.pk

    @property
    def actor_label(self) -> str:
        return str(self)

    @property
    def unit_path(self) -> str:
        return self.unit.path if self.unit else ""

    @cached_property
    def current_roles(self) -> list[tuple[str, str]]:
        """(role, org-unit path) of each assignment in force today."""
        today = timezone.localdate()
        rows = self.role_assignments.filter(
            Q(until__isnull=True) | Q(until__gte=today), since__lte=today
        )
        return list(rows.values_list("role", "unit__path"))

    @cached_property
    def scope_paths(self) -> Sequence[str]:
        """The offices of the current assignments and those they took over; without one, nothing."""
        paths = dict.fromkeys(path for _role, path in self.current_roles)
        heirs = list(paths)
        while heirs:
            taken_over = OrgUnit.objects.filter(successor__path__in=heirs)
            heirs = [
                path for path in taken_over.values_list("path", flat=True) if path not in paths
            ]
            paths |= dict.fromkeys(heirs)
        return tuple(paths)

    def has_role(self, *roles: str) -> bool:
        """Whether one of the roles is held today, at whatever office."""
        return any(role in roles for role, _path in self.current_roles)


class RoleAssignment(models.Model):
    """A role held at an office for a time; the office and all below it are the jurisdiction."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, verbose_name=_("office"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["officer_id", "since", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "role", "unit", "since"], name="role_assigned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:officer", args=[self.officer_id])

    @property
    def unit_path(self) -> str:
        """The office whose administrators look after the assignment."""
        return self.unit.path

    def is_current(self, on: date) -> bool:
        """Whether the role is held on the day."""
        return self.since <= on and (self.until is None or on <= self.until)
