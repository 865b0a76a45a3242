"""The whole programme on one page, and its items as a plain list."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhixing.apps.programme.actions.adopt_programme import text_digest
from zhixing.apps.programme.board import board
from zhixing.apps.programme.forms import BoardFilterForm
from zhixing.apps.programme.models import ItemSetting
from zhixing.apps.programme.narrowing import narrowed
from zhixing.apps.programme.selectors import programmes_visible
from zhixing.kit.requests import OfficerRequest
from zhixing.kit.scope import office_names


def show_board(request: OfficerRequest) -> HttpResponse:
    """The board of a year, for all of one's offices or for one of them and those below it."""
    programmes = {row.year: row for row in programmes_visible(request.user).order_by("unit_path")}
    may_adopt = request.user.has_perm("programme.adopt_programme")
    today, years = timezone.localdate(), sorted(programmes, reverse=True)
    wanted = request.GET.get("year", "")
    if not years or (wanted.isdecimal() and int(wanted) not in programmes):
        missing = {"year": wanted or today.year, "may_adopt": may_adopt, "years": years}
        return render(request, "programme/no_programme.html", missing)
    default = next((year for year in years if year <= today.year), years[-1])
    form = BoardFilterForm({"year": default, **request.GET.dict()}, actor=request.user, years=years)
    if not form.is_valid():
        raise Http404
    office = form.cleaned_data["office"]
    programme = programmes[form.cleaned_data["year"]]
    rows = board(narrowed(request.user, office), programme.year, today, programme)
    context = {
        "programme": programme,
        "form": form,
        "office": office_names([office]).get(office, ""),
        "rows": rows,
        "unmonitored": sum(row.unmonitored for row in rows),
        "items": sum(len(row.items) for row in rows),
        "today": today,
        "missing_year": today.year if today.year not in programmes else None,
        "opened": request.GET.get("open") == "all",
        "may_adopt": may_adopt,
        "text_changed": text_digest(programme.text) != programme.digest,
    }
    return render(request, "programme/board.html", context)


def show_items(request: OfficerRequest) -> HttpResponse:
    """Every item with who is in charge; `?in_charge=` owner, person or nobody narrows the list."""
    year = request.GET.get("year", "")
    programmes = programmes_visible(request.user).order_by("-year", "-unit_path")
    if year:
        programmes = programmes.filter(year=year) if year.isdecimal() else programmes.none()
    programme = programmes.first()
    if programme is None:
        raise Http404
    wanted, today = request.GET.get("in_charge", ""), timezone.localdate()
    rows = [
        (row.clause, item)
        for row in board(request.user, programme.year, today, programme)
        for item in row.items
        if _is_wanted(item.setting, wanted)
    ]
    context = {"programme": programme, "rows": rows, "wanted": wanted}
    return render(request, "programme/items.html", context)


def _is_wanted(setting: ItemSetting | None, wanted: str) -> bool:
    is_owned = setting is not None and setting.is_owned
    has_person = setting is not None and setting.owner_officer_id is not None
    return {"owner": is_owned, "person": has_person, "nobody": not is_owned}.get(wanted, True)
