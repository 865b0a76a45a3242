"""The registers: operators and their people, licences, trade marks, contracts on marks."""

from zhixing.apps.registry.models.authorisation import Authorisation
from zhixing.apps.registry.models.licence import Licence
from zhixing.apps.registry.models.mark import TradeMark
from zhixing.apps.registry.models.subject import FormerName, Subject, SubjectPerson

__all__ = ["Authorisation", "FormerName", "Licence", "Subject", "SubjectPerson", "TradeMark"]
