"""Draws that anybody can repeat: units ranked by a hash of seed and key."""

from zhixing.engines.draw.ranking import METHOD, digest, drawn, is_drawn

__all__ = ["METHOD", "digest", "drawn", "is_drawn"]
