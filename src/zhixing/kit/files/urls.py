"""Addresses of evidence files."""

from django.urls import path

from zhixing.kit.files import views

app_name = "files"
urlpatterns = [
    path("<int:pk>/", views.file, name="file"),
    path("add/<slug:app_label>/<slug:model_name>/<int:pk>/", views.attach, name="attach"),
]
