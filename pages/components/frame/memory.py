"""Memory that is free again goes back to the machine, which has other processes that want it.

By themselves neither the allocator of the C library nor that of Arrow gives back most of what a large table
took while it was read: the process looks ever larger, although it keeps little.
"""

import ctypes
import sys

import pyarrow as pa

# glibc's name for: what is larger than this comes from the system, and goes back to it when it is free
_M_MMAP_THRESHOLD = -3
# what hardly any run of a page asks for, so that it does not cost runs their time
LARGE = 1024 * 1024


def be_sparing() -> None:
    """From now on, let large parts of memory go back as soon as they are free."""
    # Arrow's own allocator keeps some 40 MB after the postcodes were read, of which it needs 8
    pa.set_memory_pool(pa.system_memory_pool())
    if libc := _glibc():
        libc.mallopt(_M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Give back what is free now, in small parts as well; it takes some milliseconds."""
    if libc := _glibc():
        libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """The C library, where it can be told this."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    return libc if hasattr(libc, "malloc_trim") else None
