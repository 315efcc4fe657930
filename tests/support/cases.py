# SPDX-License-Identifier: LGPL-2.1-or-later
"""Test cases for programs that are driven from outside, reported in the Test Anything Protocol."""
import sys
import traceback

PATIENCE = 60


def expect(seen, wanted, about=""):
    """Fail the case unless both are the same, and show them."""
    if seen != wanted:
        raise AssertionError(f"{about}\nseen:   {seen!r}\nwanted: {wanted!r}")


def run(cases):
    """Run (name, function) one after the other; exit with 1 if one fails, or there are none."""
    failed = not cases
    print(f"1..{len(cases)}", flush=True)
    for number, (name, function) in enumerate(cases, 1):
        try:
            function()
        except Exception:  # pylint: disable=broad-except
            failed = True
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} - {name}", flush=True)
        else:
            print(f"ok {number} - {name}", flush=True)
    sys.exit(1 if failed else 0)
