# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens in a round, drawn from its seed alone."""
import dataclasses
import random

from proxy import DOWN, MANNERS, UP, Fate

LENGTH = 0.6
ROOMS = ("hall", "kitchen")
PEOPLE = ("ada", "ben")
# The narrow places are right after something was asked for.
SOON = 0.004


@dataclasses.dataclass(order=True)
class Event:
    at: float
    what: str
    whom: str = ""
    room: str = ""
    manner: str = ""
    seconds: float = 0.0

    def __str__(self):
        rest = " ".join(filter(None, (self.whom, self.room, self.manner, f"{self.seconds:.3f}" if self.seconds else "")))
        return f"{self.at:.3f} {self.what} {rest}"


class Schedule:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.events = [self.draw_send() for _ in range(self.random.randint(2, 8))]
        self.events += [self.draw_read() for _ in range(self.random.randint(0, 2))]
        self.n_faults = self.random.randint(1, 4)
        self.events += [self.draw_fault() for _ in range(self.n_faults)]
        self.events.sort()
        # Of the connections that are made in this round, so many meet a fate.
        self.doom = self.random.choice((0, 0.3, 0.6))

    def draw_send(self):
        return Event(self.random.uniform(0, LENGTH), "send", self.random.choice(PEOPLE), self.random.choice(ROOMS))

    def draw_read(self):
        return Event(self.random.uniform(0, LENGTH), "read", self.random.choice(PEOPLE), self.random.choice(ROOMS))

    def draw_time(self):
        """Half of the faults come in the middle of something."""
        if self.random.random() < 0.5:
            return self.random.uniform(0, LENGTH)
        return self.random.choice(self.events).at + self.random.expovariate(1 / SOON)

    def draw_fault(self):
        at, pause = self.draw_time(), self.random.uniform(0, 0.2)
        what = self.random.choices(("cut", "doom", "kill-agent", "kill-server"), (3, 3, 3, 1.5))[0]
        whom = "" if what == "kill-server" else self.random.choice(PEOPLE)
        manner = self.random.choice(("rst", "fin")) if what == "cut" else ""
        return Event(at, what, whom, "", manner, pause if what.startswith("kill") else 0.0)

    def draw_fate(self):
        """For a connection that is being made; most are in the middle of making themselves known, or just have."""
        return self.draw_certain_fate() if self.random.random() < self.doom else None

    def draw_certain_fate(self, reach=5.0):
        return Fate(self.random.choice(MANNERS), self.random.choice((UP, DOWN)), int(10 ** self.random.uniform(0, reach) / 10) + 1,
                    self.random.uniform(0.02, 0.3))

    def __str__(self):
        return "; ".join(map(str, self.events)) + f"; doom {self.doom}"
