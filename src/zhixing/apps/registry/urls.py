"""Addresses of the registers."""

from django.urls import path

from zhixing.apps.registry.registers import (
    AuthorisationRegister,
    LicenceRegister,
    SubjectRegister,
    TradeMarkRegister,
)
from zhixing.apps.registry.views import figure, people

app_name = "registry"
urlpatterns = [
    *SubjectRegister.urls(),
    *LicenceRegister.urls(),
    *TradeMarkRegister.urls(),
    *AuthorisationRegister.urls(),
    path("marks/<int:pk>/figure/", figure.choose_figure, name="figure"),
    path("subjects/<int:pk>/show/<slug:field>/", people.show_personal, name="reveal"),
    path("subjects/<int:pk>/people/new/", people.new_person, name="person-new"),
    path(
        "subjects/<int:pk>/people/<int:person_pk>/delete/",
        people.delete_person,
        name="person-delete",
    ),
    path(
        "subjects/<int:pk>/people/<int:person_pk>/show/<slug:field>/",
        people.show_personal,
        name="reveal-person",
    ),
]
