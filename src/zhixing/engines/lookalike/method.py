"""Name and version of the method, for every finding and index."""

from zhixing.engines.types import MethodRef

METHOD = MethodRef("lookalike.pairs", "2")
KINDS = (
    "identical",
    "shape",
    "sound",
    "shape+sound",
    "order",
    "insert",
    "delete",
    "meaning",
    "latin",
    "affix",
)
