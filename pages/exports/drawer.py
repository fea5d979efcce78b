"""Vega draws in a process of its own: while it does, it would let nothing else of this one run.

A picture takes a second or more, in which no page of any visitor would come, nor any answer of the server.
The process is started for the first picture, and draws one after the other until this one ends.
"""

import atexit
import contextlib
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
FONTS = Path(__file__).parent / "fonts"
# in seconds: the largest picture takes a tenth of it
PATIENCE_S = 120
_COMMAND = (sys.executable, "-W", "ignore", "-m", "pages.exports.drawer")
# charts that are kept as they were drawn: who takes away one format often takes the next. One of answers that
# somebody has uploaded is found only by whoever asks for a chart of the same answers.
KEPT = 24
# whether it is drawn, and the bytes that follow
_HEAD = struct.Struct(">?Q")


class DrawingError(Exception):
    """A picture could not be drawn. The message is for whoever runs the app."""


class Drawer:
    """What vl-convert does, elsewhere."""

    def __init__(self) -> None:
        self._one_by_one = threading.Lock()
        # a mark of each picture that is drawn or waits
        self._asked: list[object] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._drawn = lru_cache(maxsize=KEPT)(self._ask)

    @property
    def waiting(self) -> int:
        """How many pictures wait to be drawn."""
        return max(0, len(self._asked) - 1)

    def vegalite_to_svg(self, specification: dict) -> str:
        """A chart as SVG."""
        return self._drawn(_asked("vegalite_to_svg", specification)).decode()

    def svg_to_png(self, svg: str, scale: float, ppi: float = 72) -> bytes:
        """A picture as PNG, so many times as large, and told to be of so many dots an inch."""
        return self._ask(_asked("svg_to_png", svg, scale=scale, ppi=ppi))

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def _ask(self, asked: bytes) -> bytes:
        with self._queued(), self._one_by_one:
            try:
                is_drawn, answer = self._exchange(asked)
            except (OSError, EOFError):
                # it was ended from outside, perhaps while nobody wanted anything: a new one is started
                self.close()
                try:
                    is_drawn, answer = self._exchange(asked)
                except (OSError, EOFError) as error:
                    self.close()
                    raise DrawingError("The process that draws pictures has ended twice.") from error
        if not is_drawn:
            raise DrawingError(answer.decode())
        return answer

    @contextlib.contextmanager
    def _queued(self) -> Iterator[None]:
        mine = object()
        self._asked.append(mine)
        try:
            yield
        finally:
            self._asked.remove(mine)

    def _exchange(self, asked: bytes) -> tuple[bool, bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
            )
        process = self._process
        assert process.stdin
        assert process.stdout
        patience = threading.Timer(PATIENCE_S, process.kill)
        patience.start()
        try:
            _write(process.stdin, True, asked)
            return _read(process.stdout)
        finally:
            patience.cancel()


def _asked(call: str, source: str | dict, **options: float) -> bytes:
    """A function of vl-convert and what it is given, to be sent."""
    # JSON has no word for the numbers that a chart has not
    return pickle.dumps((call, source, options))


def _write(to: IO[bytes], is_drawn: bool, content: bytes) -> None:
    to.write(_HEAD.pack(is_drawn, len(content)) + content)
    to.flush()


def _read(of: IO[bytes]) -> tuple[bool, bytes]:
    head = of.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    is_drawn, length = _HEAD.unpack(head)
    content = of.read(length)
    if len(content) < length:
        raise EOFError
    return is_drawn, content


def _main() -> None:
    """Draw what is asked for, until nobody can ask any more."""
    import vl_convert

    # who stops the app at a terminal stops this one by closing what it reads
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    vl_convert.register_font_directory(str(FONTS))
    with contextlib.suppress(EOFError):
        while True:
            _, asked = _read(sys.stdin.buffer)
            call, source, options = pickle.loads(asked)
            try:
                drawn = getattr(vl_convert, call)(source, **options)
            except ValueError as problem:
                _write(sys.stdout.buffer, False, str(problem).encode())
            else:
                _write(sys.stdout.buffer, True, drawn if isinstance(drawn, bytes) else drawn.encode())


DRAWER = Drawer()
atexit.register(DRAWER.close)

if __name__ == "__main__":
    _main()
