"""Questions about precedents, asked by an actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from zhixing.apps.precedents import likeness
from zhixing.apps.precedents.articles import article_of
from zhixing.apps.precedents.likeness import Case, Likeness
from zhixing.apps.precedents.models import Precedent, channels_of
from zhixing.apps.precedents.names import likeness_of
from zhixing.engines.rates import wilson
from zhixing.kit.actors import Actor, require
from zhixing.kit.acts import act_label
from zhixing.kit.differences import CHANNELS
from zhixing.kit.formats import share
from zhixing.kit.scope import within_any

# Compared without their facts; of the best of them the facts are read.
CANDIDATES, READ = 5_000, 200
SHOWN = 3
MOST_USED = 5


def precedents_visible(actor: Actor) -> QuerySet[Precedent]:
    """The library, and what the actor's offices have drafted or withdrawn."""
    require(actor, "precedents.view_precedent")
    found: QuerySet[Precedent] = Precedent.objects.filter(
        within_any(actor.scope_paths) | Q(state=Precedent.State.PUBLISHED)
    )
    return found.select_related("lead", "written_by", "reviewed_by")


def library(actor: Actor) -> QuerySet[Precedent]:
    """What was reviewed and published."""
    return precedents_visible(actor).filter(state=Precedent.State.PUBLISHED)


def drafts_to_review(actor: Actor) -> QuerySet[Precedent]:
    """Drafts of the actor's offices that somebody else wrote."""
    require(actor, "precedents.publish_precedent")
    drafts = Precedent.objects.visible_to(actor).filter(state=Precedent.State.DRAFT)
    return drafts.exclude(written_by=actor.actor_id).select_related("written_by")


@dataclass(frozen=True, slots=True)
class LikeCase:
    """A precedent with its likeness to the case at hand."""

    precedent: Precedent
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LikeCases:
    """The precedents most like a case, and how all like ones were decided."""

    best: tuple[LikeCase, ...]
    outcomes: dict[str, int]

    @property
    def number(self) -> int:
        """How many precedents are like the case."""
        return sum(self.outcomes.values())

    @property
    def sentence(self) -> str:
        """How they were decided, with the interval and what the figure is not."""
        established = self.outcomes.get(Precedent.Outcome.ESTABLISHED, 0)
        either_way = established + self.outcomes.get(Precedent.Outcome.NOT_ESTABLISHED, 0)
        if not self.number:
            return _("The library holds no like case yet.")
        if not either_way:
            return _("The library holds %(n)d like case(s), none of them decided on the act.") % {
                "n": self.number
            }
        value = established / either_way
        return _(
            "%(k)d of %(n)d like cases established: %(share)s. These cases were chosen for the "
            "library, not drawn; the figure says what was decided, not how likely it is here."
        ) % {
            "k": established,
            "n": either_way,
            "share": share(value, interval=wilson(established, either_way)),
        }


def like_cases(
    actor: Actor,
    *,
    act_kind: str = "",
    text: str = "",
    protected: str = "",
    accused: str = "",
    classes: Iterable[int] = (),
    channels: Iterable[str] = (),
    limit: int = SHOWN,
) -> LikeCases:
    """The precedents of the library most like a case, each with the reasons in words.

    Args:
        act_kind: the kind of act suspected.
        text: the facts.
        protected, accused: two names compared; when `channels` is not given, the engine tells in
            what they are alike.
        classes: goods classes.
        channels: in what the names are alike, as the reasons of a lead say.
        limit: how many are returned; the outcomes are counted over all like ones.
    """
    kinds = frozenset(channels)
    if not kinds and protected and accused:
        kinds = frozenset(channels_of(likeness_of(protected, accused)))
    # The names are compared as names; among the facts they would only repeat that.
    for name in filter(None, (accused, protected)):
        text = text.replace(name, "\n")
    case = Case(act_kind, protected, kinds, frozenset(classes), text)
    ranked = _ranked(actor, case)
    like = [(row, found) for row, found in ranked if found.score >= likeness.LIKE]
    best = like[:limit]
    rows = precedents_visible(actor).in_bulk([row.pk for row, _found in best])
    return LikeCases(
        tuple(LikeCase(rows[row.pk], found.score, tuple(_in_words(found))) for row, found in best),
        dict(Counter(row.outcome for row, _found in like)),
    )


def _ranked(actor: Actor, case: Case) -> list[tuple[Precedent, Likeness]]:
    """Candidates with their likeness, the best first, the newer before the older."""
    condition = Q()
    if case.act_kind:
        condition |= Q(act_kind=case.act_kind)
    if case.protected:
        condition |= Q(protected=case.protected)
    fields = ("pk", "act_kind", "protected", "likeness", "nice_classes", "outcome", "decided_on")
    candidates = list(
        library(actor)
        .select_related(None)
        .filter(condition)
        .order_by("-decided_on", "-pk")
        .only(*fields)[:CANDIDATES]
    )
    pairs = [(row, likeness.compare(case, _case(row))) for row in candidates]
    pairs.sort(key=lambda pair: -pair[1].score)  # stable: the newer stays first
    read, rest = pairs[:READ], pairs[READ:]
    facts = dict(
        Precedent.objects.filter(pk__in=[row.pk for row, _found in read]).values_list("pk", "facts")
    )
    others = [Case(text=facts[row.pk]) for row, _found in read]
    likeness.add_words([found for _row, found in read], case, others)
    read.sort(key=lambda pair: -pair[1].score)
    return [*read, *rest]


def _case(row: Precedent) -> Case:
    return Case(row.act_kind, row.protected, frozenset(row.channels), frozenset(row.nice_classes))


def _in_words(found: Likeness) -> list[str]:
    words = [value for kind, value in found.shared if kind == "word"]
    told = []
    for kind, value in found.shared:
        if kind == "act_kind":
            told.append(_("same kind of act: %(act)s") % {"act": act_label(value)})
        elif kind == "protected":
            told.append(_("same protected name: %(name)s") % {"name": value})
        elif kind == "channel":
            told.append(
                _("names alike in the same way: %(how)s") % {"how": CHANNELS.get(value, value)}
            )
        elif kind == "class":
            told.append(_("goods class in common: %(classes)s") % {"classes": value})
    if words:
        told.append(_("the facts share: %(words)s") % {"words": "、".join(words)})
    return told


@dataclass(frozen=True, slots=True)
class KindSummary:
    """What the library holds of one kind of act."""

    act_kind: str
    label: str
    counts: dict[str, int]
    articles: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All precedents of the kind."""
        return sum(self.counts.values())

    @property
    def either_way(self) -> int:
        """Those in which the act was held to be established or not."""
        outcome = Precedent.Outcome
        return self.counts.get(outcome.ESTABLISHED, 0) + self.counts.get(outcome.NOT_ESTABLISHED, 0)

    @property
    def established(self) -> int:
        """Those in which it was."""
        return self.counts.get(Precedent.Outcome.ESTABLISHED, 0)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the share established."""
        return wilson(self.established, self.either_way) if self.either_way else None

    @property
    def value(self) -> float | None:
        """Share established of those decided either way."""
        return self.established / self.either_way if self.either_way else None


def summary(actor: Actor, year: int | None = None) -> list[KindSummary]:
    """Per kind of act: outcomes and the articles used most; of one year, or of all."""
    rows = library(actor).select_related(None).order_by()
    if year is not None:
        rows = rows.filter(decided_on__year=year)
    counts: dict[str, dict[str, int]] = {}
    for row in rows.values("act_kind", "outcome").annotate(n=Count("pk")):
        counts.setdefault(row["act_kind"], {})[row["outcome"]] = row["n"]
    used: dict[str, Counter[str]] = {}
    for act_kind, articles in rows.exclude(articles="").values_list("act_kind", "articles"):
        heads = {article_of(citation) for citation in articles.splitlines()}
        used.setdefault(act_kind, Counter()).update(heads)
    result = [
        KindSummary(
            act_kind,
            act_label(act_kind),
            found,
            tuple(_most_used(used.get(act_kind, Counter()))),
        )
        for act_kind, found in counts.items()
    ]
    return sorted(result, key=lambda kind: (-kind.total, kind.act_kind))


def _most_used(used: Counter[str]) -> Sequence[tuple[str, int]]:
    return sorted(used.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_USED]


def per_year(actor: Actor) -> list[tuple[int, dict[str, int]]]:
    """Precedents of the library by year of decision and outcome, oldest first."""
    years: dict[int, dict[str, int]] = {}
    rows = (
        library(actor)
        .select_related(None)
        .order_by()
        .annotate(year=ExtractYear("decided_on"))
        .values("year", "outcome")
        .annotate(n=Count("pk"))
    )
    for row in rows:
        years.setdefault(row["year"], {})[row["outcome"]] = row["n"]
    return sorted(years.items())
