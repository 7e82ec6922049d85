# SPDX-License-Identifier: BSL-1.0
"""One compiler run as one child: its processor time, wall time and peak resident memory."""

import os
import shutil
import signal
import subprocess
import threading
import time

LIMIT = 600  # seconds, then the compiler is killed


def find_compilers(names):
    """The compilers that are there, as (family, command, version line)."""
    wanted = [[n] for n in names] if names else [["g++-12", "g++"], ["clang++-19", "clang++"]]
    found = []
    for candidates in wanted:
        for command in candidates:
            path = shutil.which(command)
            if path is None:
                continue
            line = subprocess.run([path, "--version"], capture_output=True, text=True,
                                  check=True).stdout.splitlines()[0]
            found.append(("clang" if "clang" in line else "gcc", path, line))
            break
    return found


class result:
    """The cheapest of several runs; time is user + system, memory is in bytes."""

    def __init__(self):
        self.time = self.wall = self.memory = None
        self.error = None
        self.runs = 0

    def record(self, cpu, wall, memory):
        self.runs += 1
        self.time = cpu if self.time is None else min(self.time, cpu)
        self.wall = wall if self.wall is None else min(self.wall, wall)
        self.memory = memory if self.memory is None else min(self.memory, memory)


def first_error(text):
    for line in text.splitlines():
        if "error:" in line:
            return line.split("error:", 1)[1].strip()
    return text.strip().splitlines()[0] if text.strip() else "the compiler failed without a word"


def compile_once(command, log, into):
    """Runs the command. Memory is that of the largest process below it, so that the driver of g++
    does not hide its compiler."""
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    start = time.monotonic()
    try:
        child = os.posix_spawn(command[0], command, {**os.environ, "LC_ALL": "C"}, setpgroup=0,
                               file_actions=[(os.POSIX_SPAWN_DUP2, sink, 1),
                                             (os.POSIX_SPAWN_DUP2, sink, 2)])
    finally:
        os.close(sink)
    timer = threading.Timer(LIMIT, lambda: os.killpg(child, signal.SIGKILL))
    timer.start()
    try:
        _, status, usage = os.wait4(child, 0)
    except BaseException:
        os.killpg(child, signal.SIGKILL)
        raise
    finally:
        timer.cancel()
    if status == 0:
        into.record(usage.ru_utime + usage.ru_stime, time.monotonic() - start,
                    usage.ru_maxrss * 1024)
    elif os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        into.error = f"stopped after {LIMIT} s, or out of memory"
    else:
        with open(log, encoding="utf-8", errors="replace") as file:
            into.error = first_error(file.read())


def object_size(path):
    """(text, data, bss) of an object file, or None without binutils."""
    tool = shutil.which("size")
    if tool is None or not os.path.exists(path):
        return None
    lines = subprocess.run([tool, path], capture_output=True, text=True,
                           check=True).stdout.splitlines()
    return tuple(int(x) for x in lines[1].split()[:3])
