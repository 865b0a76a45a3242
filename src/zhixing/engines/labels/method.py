"""Name and version of the method, for every finding."""

from zhixing.engines.types import MethodRef

METHOD = MethodRef("labels.formulas", "1")
