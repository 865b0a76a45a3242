"""Signing in."""

from __future__ import annotations

from django.contrib.auth.views import LoginView

from zhixing.apps.accounts.forms import SignInForm


class SignIn(LoginView):
    """The sign-in page; failures are counted and lock the sign-in (django-axes)."""

    authentication_form = SignInForm
    redirect_authenticated_user = True
