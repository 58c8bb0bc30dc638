"""Reasons: what an exception says, on one line of a log or in one sentence."""

import errno

# What the system says in English, wherever it says it to people.
_SYSTEM = {
    errno.ENOENT: "não existe", errno.EACCES: "sem permissão", errno.EPERM: "sem permissão",
    errno.EISDIR: "é uma pasta", errno.ENOTDIR: "não é uma pasta", errno.ENOSPC: "não há mais espaço no disco",
    errno.EROFS: "só se lê ali", errno.EDQUOT: "a cota de disco acabou", errno.ENAMETOOLONG: "o nome é longo demais",
    errno.EADDRNOTAVAIL: "esse endereço não é desta máquina", errno.ELOOP: "os atalhos dão voltas",
}  # fmt: skip


def system(problem: OSError) -> str:
    """Why the system refused, in a few words; as it says it where we have none."""
    return _SYSTEM.get(problem.errno or 0) or problem.strerror or line(problem)


def line(problem: BaseException) -> str:
    """Its text without line breaks; its type when it says nothing."""
    return " ".join(str(problem).split()) or type(problem).__name__
