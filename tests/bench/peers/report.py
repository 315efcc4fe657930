# SPDX-License-Identifier: GPL-3.0-or-later
"""The table and the chart of a run."""
import datetime
import html
import os
import pathlib
import platform
import re

WORDS = {"aim": "aim held", "must": "must held", "missed": "**missed**"}
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def number(value):
    return "–" if value is None else f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def quantity(value, unit):
    """As each client's own value is shown: a figure with a unit as it is, the rest is seconds."""
    if value is None:
        return "–"
    if unit:
        return f"{number(value)} {unit}"
    return f"{number(value * 1e6)} µs" if value < 1e-3 else f"{number(value * 1e3)} ms"


def table(rows):
    lines = ["| figure | ours ÷ JavaScript | must | aim | held | ours | JavaScript | Python |", "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        low, high = row.spread
        unit = f" {row.unit}" if row.unit else ""
        figure = f"**{number(row.figures['ours'])}{unit}** ({number(low)}–{number(high)})"
        own = [quantity(row.values.get(client), row.unit) for client in ("ours", "js", "python")]
        lines.append(f"| {row.name} | {figure} | ≤ {number(row.must)}{unit} | ≤ {number(row.aim)}{unit} | {WORDS[row.verdict]} | "
                     + " | ".join(own) + " |")
    return "\n".join(lines)


# ── The chart: for each figure a bar of ours, as a share of what must be held ────────────────────────────────────────

WIDTH, LEFT, ROW, BAR, SCALE = 940, 440, 34, 16, 400
STYLE = """
  text { font: 13px sans-serif; fill: #2e3436; }
  .small { font-size: 11px; fill: #5e5c64; }
  .ours { fill: #1c71d8; } .missed { fill: #c01c28; }
  .must { stroke: #2e3436; stroke-width: 2; } .aim { stroke: #26a269; stroke-width: 2; stroke-dasharray: 3 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f6f5f4; } .small { fill: #c0bfbc; } .ours { fill: #62a0ea; } .missed { fill: #f66151; }
    .must { stroke: #f6f5f4; } .aim { stroke: #57e389; }
  }
"""


def bar(row, top):
    share = min(row.figures["ours"] / row.must, 1.2)
    aim = LEFT + SCALE * row.aim / row.must
    unit = f" {row.unit}" if row.unit else ""
    middle = top + BAR - 3
    return "\n".join([
        f'<text x="{LEFT - 10}" y="{middle}" text-anchor="end">{html.escape(row.name)}</text>',
        f'<rect class="{"missed" if row.verdict == "missed" else "ours"}" x="{LEFT}" y="{top}" width="{SCALE * share:.0f}" height="{BAR}"/>',
        f'<line class="aim" x1="{aim:.0f}" x2="{aim:.0f}" y1="{top - 4}" y2="{top + BAR + 4}"/>',
        f'<line class="must" x1="{LEFT + SCALE}" x2="{LEFT + SCALE}" y1="{top - 4}" y2="{top + BAR + 4}"/>',
        f'<text x="{WIDTH - 8}" y="{middle}" text-anchor="end">{number(row.figures["ours"])}{unit}</text>',
    ])


def chart(rows):
    height = 44 + ROW * len(rows)
    bars = "\n".join(bar(row, 40 + ROW * i) for i, row in enumerate(rows))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">\n'
            f"<title>libsocketio-glib beside the official JavaScript client: shorter is better</title>\n<style>{STYLE}</style>\n"
            f'<text class="small" x="{LEFT}" y="18">CPU or time ÷ JavaScript’s, and KiB or ms; shorter is better. '
            f"Solid line: must; dashed line: aim.</text>\n{bars}\n</svg>\n")


# ── The page in docs/ ────────────────────────────────────────────────────────────────────────────────────────────────

def machine():
    """What kind of machine this is; not which one."""
    info = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"^model name\s*:\s*(.+)$", info, re.MULTILINE)
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return f"{os.cpu_count()} processors ({model[1] if model else platform.machine()}), {system}"


def document(folder, rows, kind_of_machine, rounds):
    page = folder / "benchmarks.md"
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    when = datetime.date.today().isoformat()
    measured = (f"{BEGIN}\nMeasured on {when}; {kind_of_machine}; medians of {rounds} interleaved rounds, the least and the most of them in brackets.\n\n"
                f"{table(rows)}\n\n![The same as bars](benchmarks.svg)\n{END}")
    page.write_text(before + measured + after, encoding="utf-8")
    (folder / "benchmarks.svg").write_text(chart(rows), encoding="utf-8")
