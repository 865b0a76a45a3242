"""Addresses of the leads."""

from django.urls import path

from zhixing.apps.leads.registers import LeadRegister
from zhixing.apps.leads.views import checklist, lead

app_name = "leads"
urlpatterns = [
    path("quality/", lead.quality, name="quality"),
    path("<int:pk>/", lead.lead, name="lead"),
    path("<int:pk>/act/", checklist.act, name="act"),
    path("<int:pk>/checklist/", checklist.checklist, name="checklist"),
    path("<int:pk>/take/", lead.take, name="take"),
    path("<int:pk>/assign/", lead.assign, name="assign"),
    path("<int:pk>/dispose/", lead.dispose, name="dispose"),
    path("<int:pk>/reopen/", lead.reopen, name="reopen"),
    *LeadRegister.urls(),
]
