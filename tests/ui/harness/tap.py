# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps of a story, told in the Test Anything Protocol. A step that fails ends the story: what follows builds on it."""
import os
import sys
import traceback


class Story:
    def __init__(self, *apps):
        self.steps = []
        self.apps = list(apps)

    def step(self, function):
        self.steps.append(function)
        return function

    def tell(self):
        print(f"1..{len(self.steps)}", flush=True)
        failed = False
        for number, function in enumerate(self.steps, 1):
            title = (function.__doc__ or function.__name__).splitlines()[0]
            if failed:
                print(f"not ok {number} - {title} (not reached)", flush=True)
                continue
            try:
                function()
                print(f"ok {number} - {title}", flush=True)
            except Exception:  # whatever went wrong, the story is told to its end
                failed = True
                print(f"not ok {number} - {title}", flush=True)
                self.explain()
        return 1 if failed else 0

    def explain(self):
        for line in traceback.format_exc().splitlines():
            print(f"# {line}", file=sys.stderr, flush=True)
        for app in self.apps:
            if "ENFILADE_PICTURES" in os.environ:
                app.take_picture(os.path.join(os.environ["ENFILADE_PICTURES"], f"failed-{app.person}.png"))
            print(f"# ── {app.person} ──\n{app.describe()}\n{app.output()[-1500:]}", file=sys.stderr, flush=True)
