"""Addresses of the book of papers."""

from zhixing.kit.papers.registers import PaperRegister

app_name = "papers"
urlpatterns = [*PaperRegister.urls()]
