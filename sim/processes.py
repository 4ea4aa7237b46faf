"""Processes of this machine beside the one that was called."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unheard_interrupts() -> Iterator[None]:
    """Neither this process nor those started inside it hear Ctrl-C; this one does again afterwards.

    A terminal interrupts all processes of a command, and one that is still importing would answer with a traceback of
    its own. What is pressed meanwhile, for some milliseconds, is lost. Windows lets no process inherit this, and only
    the main thread may say what is heard; elsewhere it changes nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard_by = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard_by or signal.SIG_DFL)
