"""The list, and the file of what is in it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from zhixing.kit.actors import require
from zhixing.kit.exchange.exporting import export_response
from zhixing.kit.register.base import Register
from zhixing.kit.register.listing import Listing
from zhixing.kit.register.selectors import saved_filters
from zhixing.kit.register.views.doors import may
from zhixing.kit.requests import OfficerRequest

FORMATS = ("csv", "xlsx", "parquet")


def show_list(request: OfficerRequest, register: type[Register]) -> HttpResponse:
    """The rows of the officer's offices, after filters, sort and page."""
    require(request.user, register.permissions.view)
    listing = Listing(register, request.user, request.GET, request)
    may_do = may(request, register)
    context = {
        "register": register,
        "listing": listing,
        "may": may_do,
        "formats": FORMATS,
        "saved_filters": saved_filters(request.user, register),
        "shown_columns": {column.name for column in listing.columns},
        "import_url": (
            reverse("imports:start", args=[register.importer.slug]) if may_do["import"] else ""
        ),
        "urls": {
            name: register.url(name)
            for name, is_open in {
                "columns": True,
                "filters": True,
                "new": may_do["create"],
                "bulk": may_do["bulk"],
                "export": may_do["export"],
            }.items()
            if is_open
        },
    }
    return render(request, "kit/register/list.html", context)


def export_rows(request: OfficerRequest, register: type[Register]) -> HttpResponseBase:
    """The list as a file: the columns, filters and order on screen, all pages."""
    require(request.user, register.permissions.view)
    require(request.user, register.permissions.export)
    file_format = request.GET.get("format", "csv")
    if file_format not in FORMATS:
        raise Http404
    listing = Listing(register, request.user, request.GET, request)
    sign, field = ("-", listing.sort[1:]) if listing.sort[0] == "-" else ("", listing.sort)
    order = [listing.sort] if field == "pk" else [listing.sort, f"{sign}pk"]
    return export_response(
        request.user,
        str(register.label),
        listing.columns,
        listing.queryset.order_by(*order),
        file_format,
        {chip.label: chip.value for chip in listing.chips},
    )
