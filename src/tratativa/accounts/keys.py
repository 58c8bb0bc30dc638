"""Row keys: UUIDs of version 7, made here so that they sort by time on any PostgreSQL."""

import os
import time
import uuid


def new() -> uuid.UUID:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    return at_milliseconds(milliseconds)


def at_milliseconds(milliseconds: int) -> uuid.UUID:
    """A UUIDv7 whose time part is the given Unix time in milliseconds."""
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
