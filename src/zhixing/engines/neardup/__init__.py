"""Which texts are the same text with small differences."""

from zhixing.engines.neardup.compare import SAME, likeness
from zhixing.engines.neardup.normal import key_of, plain
from zhixing.engines.neardup.signatures import BANDS, METHOD, bands, signatures

__all__ = ["BANDS", "METHOD", "SAME", "bands", "key_of", "likeness", "plain", "signatures"]
