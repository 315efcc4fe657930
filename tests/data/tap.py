# SPDX-License-Identifier: GPL-3.0-or-later
"""The few lines of the Test Anything Protocol that the checks in this folder share."""
import sys


def report(checks):
    """Print a list of (name, faults) as TAP and exit with 1 if there is a fault, or nothing was checked."""
    print(f"1..{len(checks)}")
    for number, (name, faults) in enumerate(checks, 1):
        for fault in faults:
            for line in str(fault).splitlines():
                print(f"# {line}")
        print(f"{'not ok' if faults else 'ok'} {number} - {name}")
    sys.exit(1 if not checks or any(faults for _, faults in checks) else 0)
