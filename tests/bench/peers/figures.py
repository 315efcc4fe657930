# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured, what is promised of it, and how a figure is made of the results of many rounds."""
import dataclasses
import statistics
import typing


@dataclasses.dataclass(frozen=True)
class Scenario:
    server: str
    counts: dict  # how much each client does; one that is not named takes no part


SCENARIOS = {
    "receive": Scenario("flood", {"ours": 200_000, "js": 200_000, "python": 20_000}),
    "receive-large": Scenario("flood", {"ours": 10_000, "js": 10_000, "python": 4_000}),
    "emit": Scenario("official", {"ours": 100_000, "js": 100_000, "python": 30_000}),
    "call": Scenario("official", {"ours": 10_000, "js": 10_000, "python": 3_000}),
    "binary": Scenario("official", {"ours": 300, "js": 300, "python": 200}),
    "connect": Scenario("official", {"ours": 400, "js": 400, "python": 200}),
    "memory": Scenario("official", {"ours": 1_000, "js": 1_000, "python": 1_000}),
    "stall": Scenario("flood", {"ours": 200_000, "js": 200_000}),
}


@dataclasses.dataclass(frozen=True)
class Figure:
    name: str
    scenario: str
    value: typing.Callable  # of one result
    must: float
    aim: float
    unit: str = ""  # none: the figure is a ratio to JavaScript's value, and smaller is better in any case


def cpu(result):
    return result["cpu"] / result["count"]


FIGURES = [
    Figure("receive a chat event and read a field, CPU", "receive", cpu, 0.40, 0.28),
    Figure("the same with 8 KiB of content, CPU", "receive-large", cpu, 0.50, 0.30),
    Figure("emit, CPU", "emit", cpu, 0.50, 0.33),
    Figure("acknowledged call, CPU", "call", cpu, 0.60, 0.47),
    Figure("acknowledged call, median time", "call", lambda result: result["p50"], 0.85, 0.72),
    Figure("1 MiB binary echo, CPU", "binary", cpu, 0.90, 0.60),
    Figure("connect and join a namespace, CPU", "connect", cpu, 0.42, 0.30),
    Figure("memory of one connection among 1,000", "memory", lambda result: result["memory"], 30, 16, "KiB"),
    Figure("longest stall of the main loop in a flood of events, CPU", "stall", lambda result: result["stall"], 10, 4, "ms"),
]


@dataclasses.dataclass
class Row:
    name: str
    unit: str
    must: float
    aim: float
    figures: dict  # of each client: what is held against the promise
    values: dict  # of each client: the median value itself
    spread: tuple  # the least and the most of our figure over the rounds

    @property
    def verdict(self):
        ours = self.figures["ours"]
        return "aim" if ours <= self.aim else "must" if ours <= self.must else "missed"


def evaluate(figure, results):
    """Ratios are taken within each round, where all had the same machine, and only then is their median taken."""
    of_client = {client: [figure.value(each) for each in rounds]
                 for client, rounds in results.get(figure.scenario, {}).items() if rounds}
    if not of_client:
        return None
    shares = of_client if figure.unit else {client: [mine / js for mine, js in zip(values, of_client["js"])]
                                            for client, values in of_client.items()}
    return Row(figure.name, figure.unit, figure.must, figure.aim,
               {client: statistics.median(each) for client, each in shares.items()},
               {client: statistics.median(values) for client, values in of_client.items()},
               (min(shares["ours"]), max(shares["ours"])))
