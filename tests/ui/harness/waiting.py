# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for what must come, however slow the machine."""
import os
import time

from gi.repository import GLib

DEADLINE = int(os.environ.get("ENFILADE_PATIENCE", "60"))


def run_main_loop(seconds):
    """Let what arrives over the bus be handled for a while."""
    context = GLib.MainContext.default()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if not context.iteration(False):
            time.sleep(0.01)


def wait_for(what, condition, deadline=DEADLINE):
    """Return the first true answer of the condition; fail, naming what was waited for, when none comes."""
    ends = time.monotonic() + deadline
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > ends:
            raise AssertionError(f"waited {deadline} s in vain for: {what}")
        run_main_loop(0.1)


def stays(what, condition, seconds):
    """Fail when the condition does not hold for that long."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if not condition():
            raise AssertionError(f"did not stay: {what}")
        run_main_loop(0.1)
