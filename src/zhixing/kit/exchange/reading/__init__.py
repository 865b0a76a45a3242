"""Files of rows as a stream of batches of text, each row with the line it came from."""

from zhixing.kit.exchange.reading.source import (
    BATCH_ROWS,
    Batch,
    Fault,
    Source,
    UnreadableFile,
    open_source,
)

__all__ = ["BATCH_ROWS", "Batch", "Fault", "Source", "UnreadableFile", "open_source"]
