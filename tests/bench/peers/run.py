#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures our client beside its peers, interleaved, and says what of the promises is held. See README.md."""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys

from figures import FIGURES, SCENARIOS, evaluate
from report import chart, document, machine, table

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TIMEOUT = 300


class Server:
    def __init__(self, name):
        self.process = subprocess.Popen(["node", HERE / f"{name}-server.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("ready "):
            sys.exit(f"The {name} server did not start")
        self.url = f"http://127.0.0.1:{line.split()[1]}"

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def find_clients(ours):
    clients = {"ours": [ours], "js": ["node", HERE / "client.js"]}
    python = shutil.which("python3", path="/usr/bin") or sys.executable
    if subprocess.run([python, "-c", "import socketio, aiohttp"], capture_output=True).returncode == 0:
        clients["python"] = [python, HERE / "client.py"]
    else:
        print("python-socketio with aiohttp is not installed, and is left out", file=sys.stderr)
    return clients


def measure(command, scenario, url, count):
    done = subprocess.run([*command, scenario, url, str(count)], capture_output=True, text=True, timeout=TIMEOUT)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        sys.exit(f"{command[-1]} {scenario} failed ({done.returncode}): {done.stderr[-400:].strip()}")
    return json.loads(lines[-1])


def run(clients, servers, names, rounds, scale):
    """For each scenario, for each client, a result for each round."""
    results = {name: {client: [] for client in clients} for name in names}
    for client, command in clients.items():
        # What a server does for the first time is slow.
        for name in set(names) & {"call", "connect"}:
            measure(command, name, servers[SCENARIOS[name].server].url, 200)
    for number in range(rounds):
        print(f"Round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        for name in names:
            scenario = SCENARIOS[name]
            for client, command in clients.items():
                count = scenario.counts.get(client)
                if count is not None:
                    if name != "memory":
                        count = max(1, round(count * scale))
                    results[name][client].append(measure(command, name, servers[scenario.server].url, count))
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--client", required=True, help="our client")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--scale", type=float, default=1, help="multiplies how much each run does")
    parser.add_argument("--only", help="the scenarios, with commas between them")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build" / "bench", help="where the table, the chart and the raw results go")
    parser.add_argument("--document", action="store_true", help="put the table and the chart into docs/ too")
    options = parser.parse_args()

    names = options.only.split(",") if options.only else list(SCENARIOS)
    servers = {name: Server(name) for name in sorted({SCENARIOS[name].server for name in names})}
    try:
        results = run(find_clients(options.client), servers, names, options.rounds, options.scale)
    finally:
        for server in servers.values():
            server.stop()

    rows = [row for row in (evaluate(figure, results) for figure in FIGURES) if row is not None]
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (options.output / "table.md").write_text(table(rows) + "\n", encoding="utf-8")
    (options.output / "chart.svg").write_text(chart(rows), encoding="utf-8")
    if options.document:
        document(ROOT / "docs", rows, machine(), options.rounds)

    print(table(rows))
    missed = [row.name for row in rows if row.verdict == "missed"]
    sys.exit(f"Missed: {', '.join(missed)}" if missed else 0)


main()
