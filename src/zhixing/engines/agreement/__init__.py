"""Do readers agree, and how much of what is there do rules find?"""

from zhixing.engines.agreement.kappa import Agreement, cohen_kappa
from zhixing.engines.agreement.recall import Recall, weighted_recall

__all__ = ["Agreement", "Recall", "cohen_kappa", "weighted_recall"]
