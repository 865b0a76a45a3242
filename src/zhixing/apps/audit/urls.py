"""Addresses of the book."""

from django.urls import path

from zhixing.apps.audit.registers import AuditRegister
from zhixing.apps.audit.views import book

app_name = "audit"
urlpatterns = [
    path("check/", book.check, name="check"),
    path("check/now/", book.check_now, name="check-now"),
    path("proof/", book.proof, name="proof"),
    path("<int:sequence>/", book.entry, name="entry"),
    *AuditRegister.urls(),
]
