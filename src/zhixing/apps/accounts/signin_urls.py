"""Signing in and out, and one's own page: at the root of the site."""

from django.contrib.auth import views
from django.urls import path

from zhixing.apps.accounts.views.me import me
from zhixing.apps.accounts.views.sign_in import SignIn

urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path("password/", views.PasswordChangeView.as_view(), name="password_change"),
    path("password/done/", views.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("me/", me, name="me"),
]
