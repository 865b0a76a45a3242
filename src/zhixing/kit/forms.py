"""Forms in the house style: label, help, input and error of each field stay together."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Makes `{{ form }}` an error summary and fields; hidden fields come last."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"
