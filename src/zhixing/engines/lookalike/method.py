"""Name and version of the method, for every finding and index."""

from zhixing.engines.types import MethodRef

METHOD = MethodRef("lookalike.pairs", "3")
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
