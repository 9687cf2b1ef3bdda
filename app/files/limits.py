"""The limits that a child process puts on itself before it touches what people handed in."""

import resource

CPU_SECONDS = 10
MEMORY_BYTES = 512 * 1024 * 1024
_OPEN_FILES = 32


def confine(cpu_seconds: int = CPU_SECONDS, *, file_bytes: int = 0) -> None:
    """Let this process use so much and no more; nothing can raise it again.

    Args:
        cpu_seconds: processor time; beyond it the kernel ends the process.
        file_bytes: the largest file it may write; 0 is none.
    """
    limits = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
