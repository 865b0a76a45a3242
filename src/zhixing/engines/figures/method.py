"""Name and version of the method, for every finding and index."""

from zhixing.engines.types import MethodRef

METHOD = MethodRef("figures.gradients", "1")
KINDS = ("whole", "inverted", "mirrored", "rotated", "part")
