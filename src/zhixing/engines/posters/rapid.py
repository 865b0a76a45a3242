"""The reader RapidOCR (Apache-2.0): PP-OCRv6 small inside the wheel, run by ONNX Runtime."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image

from .lines import Box, Line
from .tiles import read_tiles


class RapidReader:
    """One model for every line; slower than the cascade, an independent second opinion."""

    name = "rapid"

    def __init__(self, threads: int | None = None) -> None:
        from rapidocr import RapidOCR

        parameters: dict[str, Any] = {"Global.log_level": "error"}
        if threads is not None:
            parameters["EngineConfig.onnxruntime.intra_op_num_threads"] = threads
            parameters["EngineConfig.onnxruntime.inter_op_num_threads"] = threads
        self._engine = RapidOCR(params=parameters)

    def read(self, picture: Image.Image) -> list[Line]:
        """The lines of `picture`."""
        return read_tiles(picture, self._read)

    def _read(self, picture: Image.Image) -> list[Line]:
        # The package takes arrays as OpenCV does: blue, green, red.
        found = self._engine(np.asarray(picture)[:, :, ::-1])
        if found.boxes is None:
            return []
        lines = []
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
            low, high = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
            box = Box(int(low[0]), int(low[1]), int(high[0]), int(high[1]))
            if text:
                lines.append(Line(text, box, float(score)))
        return lines


def open_reader(threads: int | None = None) -> RapidReader:
    """The reader, its model loaded."""
    return RapidReader(threads)
