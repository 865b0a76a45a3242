"""Addresses of imports, under `imports/`."""

from django.urls import path

from zhixing.kit.exchange import views

app_name = "imports"
urlpatterns = [
    path("", views.show_runs, name="list"),
    path("new/<slug:slug>/", views.start, name="start"),
    path("<int:pk>/", views.show_run, name="run"),
    path("<int:pk>/columns/", views.assign_columns, name="columns"),
    path("<int:pk>/progress/", views.show_progress, name="progress"),
    path("<int:pk>/errors/", views.show_errors, name="errors"),
    path("<int:pk>/changes/", views.show_changes, name="changes"),
    path("<int:pk>/commit/", views.confirm_commit, name="commit"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/cancel/", views.confirm_cancel, name="cancel"),
    path("<int:pk>/files/<slug:what>/", views.download, name="file"),
]
