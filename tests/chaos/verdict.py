# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what the clients showed, what they kept and what the server has is one and the same."""
import collections

import records


def number_of(content):
    """Each person numbers what it writes: “ada 12”."""
    return int(content.split()[1])


def doubles(rows):
    """What is on the server more than once."""
    counts = collections.Counter(row["content"] for row in rows)
    return [f"“{content}” is on the server {n} times" for content, n in counts.items() if n > 1]


def broken_order(rows):
    """The numbers of a room count up by one; what one person wrote in a room stands there in the order of writing."""
    written = collections.defaultdict(int)
    last_seq = collections.defaultdict(int)
    for row in rows:
        if row["seq"] != last_seq[row["room"]] + 1:
            yield f"after {last_seq[row['room']]} comes {row['seq']} in {row['room']}"
        last_seq[row["room"]] = row["seq"]
        writer = row["person"], row["room"]
        if number_of(row["content"]) <= written[writer]:
            yield f"“{row['content']}” stands behind “{row['person']} {written[writer]}” in {row['room']}"
        written[writer] = number_of(row["content"])


def wrong_claims(agent, rows):
    """What was shown as sent and is not on the server, under that name and number."""
    stored = {row["content"]: row for row in rows}
    for content, shown in agent.shown_sent.items():
        row = stored.get(content)
        if row is None:
            yield f"{agent.person} showed “{content}” as sent, and the server does not have it"
        elif shown["id"] != row["id"] or shown["seq"] not in (row["seq"], -1) or shown["room"] != row["room"]:
            yield f"{agent.person} showed “{content}” as {shown}, and the server has it as {row}"


def lost(agent, rows):
    """What was accepted and is not on the server."""
    stored = {row["content"] for row in rows}
    return [f"“{content}” was accepted from {agent.person}, and is lost" for content in agent.accepted if content not in stored]


def lost_on_disk(agent):
    """Of a client that was killed: what was accepted is in its file, as something to send or as something sent."""
    kept = {row["content"] for row in records.outbox(agent.path, records.select_from_copy)}
    kept |= {row["content"] for row in records.kept_messages(agent.path, records.select_from_copy)}
    return [f"“{content}” was accepted from {agent.person}, which was killed then, and is not on its disk"
            for content in agent.accepted if content not in kept]


def difference(what, seen, wanted):
    """Where two sequences part."""
    for number, (one, other) in enumerate(zip(seen, wanted)):
        if one != other:
            yield f"{what}, {number}: {one} instead of {other}"
            return
    if len(seen) != len(wanted):
        rest = (seen if len(seen) > len(wanted) else wanted)[min(len(seen), len(wanted))]
        yield f"{what}: {len(seen)} instead of {len(wanted)}, {'more by' if len(seen) > len(wanted) else 'without'} {rest}"


def place(row):
    return row["seq"], row["id"], row["content"], row["sender"]


def wrong_timelines(agent, state, rows):
    """What a person sees is what the server has, from the first message on, and nothing else."""
    for room, shown in state["rooms"].items():
        wanted = [place(row) for row in rows if row["room"] == room]
        yield from difference(f"{agent.person} shows in {room}", [place(message) for message in shown["messages"]], wanted)
        for message in shown["messages"]:
            expected = ("sent", "received") if message["own"] else ("received",)
            if message["delivery"] not in expected:
                yield f"{agent.person} shows “{message['content']}” as {message['delivery']}"


def wrong_files(agent, rows):
    """So is what is kept, and it is known to have no holes."""
    kept = [(row["room"], *place(row)) for row in records.kept_messages(agent.path)]
    yield from difference(f"{agent.person} keeps", kept, [(row["room"], *place(row)) for row in rows])
    yield from (f"{agent.person} still has in the outbox: {row}" for row in records.outbox(agent.path))
    last = {row["room"]: row["seq"] for row in rows}
    spans = records.kept_spans(agent.path)
    for room, seq in last.items():
        if not any(begin <= 1 and end >= seq for begin, end in spans.get(room, [])):
            yield f"{agent.person} has all of {room} up to {seq}, and knows only of {spans.get(room)}"


def unread_model(person, rows, marks):
    """Room to how many of others came after what was read."""
    return {room: sum(row["room"] == room and row["person"] != person and row["seq"] > mark for row in rows)
            for (whose, room), mark in marks.items() if whose == person}


def wrong_marks(agent, rows, marks):
    """Who wrote or said so has read up to there, and the server knows."""
    for (person, room), mark in marks.items():
        if person == agent.person:
            own = max((row["seq"] for row in rows if row["room"] == room and row["person"] == person), default=0)
            wanted = max(own, agent.read.get(room, 0))
            if mark < wanted:
                yield f"{person} has read {room} up to {wanted}, and the server knows of {mark}"


def judge(agents, states, rows, marks):
    """A server with `delivery`: everything is everywhere, once."""
    yield from doubles(rows)
    yield from broken_order(rows)
    for agent, state in zip(agents, states):
        yield from lost(agent, rows)
        yield from wrong_claims(agent, rows)
        yield from wrong_timelines(agent, state, rows)
        yield from wrong_files(agent, rows)
        yield from wrong_marks(agent, rows, marks)


def stray_rows(agent, state, rows):
    """What is shown as the server's and is not, or not there."""
    stored = {(row["room"], row["id"]): row["content"] for row in rows}
    for room, shown in state["rooms"].items():
        for message in shown["messages"]:
            if message["id"] is not None and stored.get((room, message["id"])) != message["content"]:
                yield f"{agent.person} shows {message}, which the server does not have"
        yield from (f"{agent.person} shows “{content}” {n} times in {room}" for content, n in
                    collections.Counter(message["content"] for message in shown["messages"]).items() if n > 1)


def wrong_fates(agent, state, rows):
    """What was accepted is shown as on the server, where it is, or as not confirmed, where nobody can know."""
    stored = {row["content"] for row in rows}
    shown = {message["content"]: message["delivery"] for room in state["rooms"].values() for message in room["messages"]}
    for content in agent.accepted:
        delivery = shown.get(content, "not there")
        if delivery not in ("sent", "received", "unconfirmed"):
            yield f"“{content}” was accepted from {agent.person}, and is {delivery}"
        elif delivery != "unconfirmed" and content not in stored:
            yield f"{agent.person} shows “{content}” as {delivery}, and the server does not have it"


def judge_plain(agents, states, rows):
    """A plain server: nothing is sent twice, and who cannot know says so."""
    yield from doubles(rows)
    yield from broken_order(rows)
    for agent, state in zip(agents, states):
        yield from wrong_claims(agent, rows)
        yield from stray_rows(agent, state, rows)
        yield from wrong_fates(agent, state, rows)
