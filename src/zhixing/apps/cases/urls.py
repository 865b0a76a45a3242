"""Addresses of cases."""

from django.urls import path

from zhixing.apps.cases.registers import CaseRegister, CertificateRegister, EvidenceRegister
from zhixing.apps.cases.views import cases

app_name = "cases"

urlpatterns = [
    path("board/", cases.board, name="board"),
    path("from-lead/<int:lead_pk>/", cases.open_from_lead, name="cases-open"),
    path("<int:pk>/evidence/new/", cases.new_evidence, name="evidence-new"),
    *EvidenceRegister.urls(),
    *CertificateRegister.urls(),
    *CaseRegister.urls(),
]
