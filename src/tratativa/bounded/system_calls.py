"""System calls a child that reads strangers' bytes never needs, and the filter that refuses them (seccomp(2))."""

import errno
import struct

# By machine: how the kernel's audit names it, and the numbers of what is refused (asm/unistd.h).
_X86_64 = {
    "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "socketpair": 53, "accept4": 288,
    "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "execveat": 322, "clone3": 435, "kill": 62, "tkill": 200,
    "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "pidfd_open": 434, "pidfd_getfd": 438,
    "mount": 165, "umount2": 166, "unshare": 272, "setns": 308, "name_to_handle_at": 303, "open_by_handle_at": 304,
    "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "io_uring_setup": 425, "add_key": 248,
    "request_key": 249, "keyctl": 250, "init_module": 175, "finit_module": 313, "kexec_load": 246,
}  # fmt: skip
_AARCH64 = {
    "socket": 198, "connect": 203, "accept": 202, "bind": 200, "listen": 201, "socketpair": 199, "accept4": 242,
    "clone": 220, "execve": 221, "execveat": 281, "clone3": 435, "kill": 129, "tkill": 130,
    "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "pidfd_open": 434, "pidfd_getfd": 438,
    "mount": 40, "umount2": 39, "unshare": 97, "setns": 268, "name_to_handle_at": 264, "open_by_handle_at": 265,
    "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "io_uring_setup": 425, "add_key": 217,
    "request_key": 218, "keyctl": 219, "init_module": 105, "finit_module": 273, "kexec_load": 104,
}  # fmt: skip
_MACHINES = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # classic BPF
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_NUMBER, _MACHINE = 0, 4  # where the kernel puts them
_OTHER_NUMBERING = 0x40000000  # x32's calls


def filter_for(machine: str) -> bytes:
    """The filter's instructions for a machine as `uname` names it; nothing where its numbers are not known here."""
    if machine not in _MACHINES:
        return b""
    audit, calls = _MACHINES[machine]
    numbers = sorted(calls.values())
    last = len(numbers) + 1  # jumps to the refusal, counted from each test
    tests = [_step(_EQUAL, last - place - 1, 0, number) for place, number in enumerate(numbers)]
    return b"".join([
        _step(_LOAD, 0, 0, _MACHINE),
        _step(_EQUAL, 0, len(numbers) + 3, audit),
        _step(_LOAD, 0, 0, _NUMBER),
        _step(_AT_LEAST, last, 0, _OTHER_NUMBERING),
        *tests,
        _step(_RETURN, 0, 0, _ALLOW),
        _step(_RETURN, 0, 0, _REFUSE),
    ])  # fmt: skip


def _step(code: int, if_so: int, if_not: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, value)
