"""The registers: operators with their people, licences and filings, trade marks."""

from zhixing.apps.registry.models.licence import Licence
from zhixing.apps.registry.models.mark import TradeMark
from zhixing.apps.registry.models.subject import Subject, SubjectPerson

__all__ = ["Licence", "Subject", "SubjectPerson", "TradeMark"]
