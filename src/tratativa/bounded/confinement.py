"""Confinement: what a child gives up before it reads its first stranger's byte, as far as this machine lets it.

Network and namespaces (unshare(2)), files (landlock(7)), sockets, processes and other doors of the kernel
(seccomp(2)), memory and descriptors (setrlimit(2)). Each is tried by itself: one that is not there leaves the others.
"""

import contextlib
import ctypes
import os
import struct
import sys
import sysconfig
from pathlib import Path

from tratativa.bounded import system_calls

DESCRIPTORS = 32
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _PR_SET_DUMPABLE = 22, 38, 4
_NEWUSER, _NEWNET, _NEWIPC, _NEWUTS = 0x10000000, 0x40000000, 0x08000000, 0x04000000
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every machine
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILES_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15}  # how many rights over files each version of landlock knows; later: 16
_PATH_BENEATH = 1


def enter(memory: int) -> None:
    """Gives up what it can; `memory` in bytes of address space."""
    _limits(memory)
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    spaces = _NEWNET | _NEWIPC | _NEWUTS
    if libc.unshare(_NEWUSER | spaces) != 0:  # without a space of users only root may make the others
        libc.unshare(spaces)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        _landlock(libc)
        _seccomp(libc)


def _limits(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))


def _landlock(libc: ctypes.CDLL) -> None:
    """No file may be opened but those of Python itself and this program, to be read."""
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return
    rights = (1 << _FILES_BY_ABI.get(version, 16)) - 1
    attributes = struct.pack("QQQ", rights, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = libc.syscall(_CREATE_RULESET, attributes[:size], size, 0)
    if rules < 0:
        return
    for place in _readable():
        with contextlib.suppress(OSError):
            folder = os.open(place, os.O_PATH | os.O_CLOEXEC)
            allowed = _READ_FILE | (_READ_DIR if place.is_dir() else 0)
            libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", allowed, folder), 0)
            os.close(folder)
    libc.syscall(_RESTRICT_SELF, rules, 0)
    os.close(rules)


def _readable() -> list[Path]:
    """Where modules and their libraries lie: some are loaded only when a letter needs their alphabet."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    code = {Path(sysconfig.get_path(name)) for name in names}
    libraries = [Path(place) for place in ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")]
    return [*code, Path(__file__).parent.parent, *libraries, Path(sys.base_prefix) / "lib"]


def _seccomp(libc: ctypes.CDLL) -> None:
    """No sockets, no programs, no other processes, none of the kernel's back doors."""
    program = system_calls.filter_for(os.uname().machine)
    if program:
        filled = ctypes.create_string_buffer(program)
        header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(filled))
        libc.prctl(_PR_SET_SECCOMP, 2, header, 0, 0)
