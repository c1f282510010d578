"""Work on hostile bytes in a child process with caps on memory, processor time and wall time.

A parser of PDF or HTML can be made to loop, to fill the memory or to crash. It therefore runs in a child, one for this process, which is kept for
the next report and is replaced when it had to be killed or crashed. The child holds no secret, is given nothing but the bytes, and writes nothing.
"""

import atexit
import base64
import json
import os
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from importlib import import_module
from typing import IO, Any, BinaryIO, cast

from sayso import errors
from sayso.errors import InputError, Refused, TooLarge
from sayso.intake.settings import Caps

_START = "import sys; sys.path[:] = sys.argv[1:]; from sayso.intake.capped import serve; serve()"
_LENGTH = struct.Struct(">Q")
_MOST_REPLY = 400_000_000  # bytes: more than any text of a report and its attachments
_SPENT = 200  # reports after which a child is replaced: what a parser leaks goes with it


def run_capped(job: str, raw: bytes, told: Mapping[str, Any], caps: Caps) -> dict[str, Any]:
    """What the function `module:name` makes of the bytes, as JSON, in the child; its InputError, or the reason why it was stopped, as one of ours.

    The function is called with the bytes and `told` (JSON values). Bytes in its result come back as bytes.
    """
    with _LOCK:
        child = _Child.current(caps)
        reply = child.ask(json.dumps({"job": job, "told": dict(told)}).encode(), raw)
        if reply is None:
            reason = child.last_words()
            child.close()
            raise reason
    if "error" in reply:
        kind = getattr(errors, reply["error"], InputError)
        raise kind(reply["message"])
    return cast(dict[str, Any], reply["result"])


class _Child:
    """A child process that serves one report after another, and how it was ended."""

    _now: "_Child | None" = None

    def __init__(self, caps: Caps) -> None:
        self.caps, self.served, self._late = caps, 0, False
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        limits = [str(caps.memory), str(caps.seconds)]
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP")}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell, no input in the arguments
            [sys.executable, "-I", "-B", "-c", _START, *filter(None, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env={**kept, "SAYSO_CHILD_LIMITS": ":".join(limits), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )

    @classmethod
    def current(cls, caps: Caps) -> "_Child":
        """The child that is running under these caps; a new one where there is none, or it has served enough."""
        now = cls._now
        if now is None or now.caps != caps or now.served >= _SPENT or now._process.poll() is not None:
            if now is not None:
                now.close()
            cls._now = cls(caps)
        return cast(_Child, cls._now)

    def ask(self, question: bytes, raw: bytes) -> dict[str, Any] | None:
        """The reply; None where the child was stopped or crashed."""
        self.served += 1
        watch = threading.Timer(self.caps.seconds + 2, self._kill)  # the processor cap comes first, and tells itself
        watch.daemon = True
        watch.start()
        try:
            _send(cast(BinaryIO, self._process.stdin), question, raw)
            found = _receive(cast(BinaryIO, self._process.stdout), 1)
        except OSError:
            return None
        finally:
            watch.cancel()
        return json.loads(found[0], object_hook=_with_bytes) if found else None

    def last_words(self) -> InputError:
        """Why there was no reply."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._complaints.seek(0)
        words = self._complaints.read()[-4_000:].decode("utf-8", "replace").strip()
        last = words.splitlines()[-1][:200] if code == 1 and words else f"ended with {code}"  # 1: by an exception, which stands in the last line
        if self._late or code in (-24, 128 + 24):  # SIGXCPU
            return TooLarge(f"took longer than {self.caps.seconds} seconds to take apart and was stopped: save its text and read that (cap `seconds`)")
        if "MemoryError" in last or code in (-9, 137):
            return TooLarge(f"needed more than {self.caps.memory:,} bytes of memory and was stopped: save its text and read that (cap `memory`)")
        return Refused(f"its parser crashed ({last}): the file is broken or made to break it; save it again from its program, or save its text")

    def close(self) -> None:
        """Nothing; the child is gone."""
        if type(self)._now is self:
            type(self)._now = None
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            try:
                if stream:
                    stream.close()
            except OSError:
                continue  # unsent bytes to a child that is gone

    def _kill(self) -> None:
        self._late = True
        self._process.kill()


_LOCK = threading.Lock()


@atexit.register
def _close() -> None:
    if _Child._now is not None:
        _Child._now.close()


if hasattr(os, "register_at_fork"):

    def _forget() -> None:
        """Nothing; a forked process makes a child of its own: two would talk to one."""
        global _LOCK  # noqa: PLW0603 - the lock may have been held by a thread that the fork left behind
        _LOCK = threading.Lock()
        _Child._now = None

    os.register_at_fork(after_in_child=_forget)


def _send(stream: BinaryIO, *parts: bytes) -> None:
    for part in parts:
        stream.write(_LENGTH.pack(len(part)))
        stream.write(part)
    stream.flush()


def _receive(stream: BinaryIO, count: int) -> list[bytes]:
    """The next parts; empty where the stream has ended."""
    parts = []
    for _ in range(count):
        head = stream.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return []
        length = _LENGTH.unpack(head)[0]
        part = stream.read(length) if length <= _MOST_REPLY else b""
        if len(part) < length:
            return []
        parts.append(part)
    return parts


def _with_bytes(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["base64"]) if value.keys() == {"base64"} else value


def _as_json(value: object) -> object:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(f"{type(value).__name__} is no JSON")


# --- in the child ---


def serve() -> None:
    """Nothing; takes reports from standard input until it ends. A fault that is no InputError ends the child: its last line says what it was."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    sys.stdout = sys.stderr
    memory, seconds = map(int, os.environ["SAYSO_CHILD_LIMITS"].split(":"))
    while parts := _receive(sys.stdin.buffer, 2):
        _limit(memory, seconds)
        question = json.loads(parts[0])
        module, name = question["job"].split(":")
        try:
            reply: dict[str, object] = {"result": getattr(import_module(module), name)(parts[1], question["told"])}
        except InputError as wrong:
            reply = {"error": type(wrong).__name__, "message": str(wrong)}
        except RecursionError:
            reply = {"error": "Refused", "message": "nested deeper than its parser can follow: broken, or made to break it; save its text and read that"}
        _send(replies, json.dumps(reply, default=_as_json).encode())


def _limit(memory: int, seconds: int) -> None:
    """Nothing; from here on this process may use so much memory, and so many more seconds of the processor."""
    if sys.platform == "win32":
        return  # there the wall time of the parent is the only cap
    import resource

    spent = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(spent.ru_utime + spent.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
