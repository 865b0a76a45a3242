"""Sanctions on media, suspected advertisements sent on, monthly notices, training."""

from zhixing.apps.discipline.models.bulletin import Bulletin
from zhixing.apps.discipline.models.dispatch import Dispatch
from zhixing.apps.discipline.models.sanction import Sanction
from zhixing.apps.discipline.models.training import Training, TrainingCall

__all__ = ["Bulletin", "Dispatch", "Sanction", "Training", "TrainingCall"]
