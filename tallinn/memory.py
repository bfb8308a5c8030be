"""Memory that is free again, given back to the system: the C library would keep it for this process."""

import ctypes
import sys

import pyarrow as pa


def give_back() -> None:
    """Return what Arrow and the C library hold without need; worth its milliseconds after something large is gone."""
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None  # glibc has it, others do not need it
    if trim:
        trim(0)
