"""Name and version of the method."""

from zhixing.engines.types import MethodRef

METHOD = MethodRef("clocks.periods", "1")
