"""Addresses of the jobs."""

from django.urls import path

from zhixing.kit.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("schedules/<int:pk>/switch/", views.switch, name="switch_schedule"),
    path("<int:pk>/retry/", views.retry, name="retry"),
]
