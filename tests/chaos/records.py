# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on the disk, read past the programs that wrote it."""
import contextlib
import pathlib
import shutil
import sqlite3
import tempfile


def select(path, sql):
    """Of a file that somebody else may have open: nothing is written to it."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(sql)]


def select_from_copy(path, sql):
    """Of a file whose writer was killed: reading it in its place would repair it."""
    with tempfile.TemporaryDirectory() as folder:
        for part in pathlib.Path(path).parent.glob(f"{pathlib.Path(path).name}*"):
            shutil.copy(part, folder)
        return select(pathlib.Path(folder, pathlib.Path(path).name), sql)


def server_messages(path, read=select):
    """All that the server has, room by room and in order."""
    return read(path, "SELECT m.room_id AS room, m.seq, m.id, m.client_id AS clientId, m.content, m.sender_id AS sender, u.username AS person"
                      " FROM messages m JOIN users u ON u.id = m.sender_id ORDER BY m.room_id, m.seq")


def server_read_marks(path):
    """(person, room) to the number up to which was read."""
    rows = select(path, "SELECT u.username AS person, m.room_id AS room, m.read_seq AS seq"
                        " FROM memberships m JOIN users u ON u.id = m.user_id")
    return {(row["person"], row["room"]): row["seq"] for row in rows}


def kept_messages(path, read=select):
    """All that a client has kept of what the server has."""
    return read(path, "SELECT r.id AS room, m.seq, m.id, m.client_id AS clientId, m.content, p.id AS sender"
                      " FROM message m JOIN room r ON r.number = m.room JOIN person p ON p.number = m.sender ORDER BY r.id, m.place, m.number")


def kept_spans(path):
    """Room to the stretches of numbers in which the client knows of no hole."""
    spans = {}
    for row in select(path, "SELECT r.id AS room, s.first, s.last FROM span s JOIN room r ON r.number = s.room ORDER BY s.first"):
        spans.setdefault(row["room"], []).append((row["first"], row["last"]))
    return spans


def outbox(path, read=select):
    return read(path, "SELECT client_id AS clientId, room_id AS room, content, state, sent FROM outbox ORDER BY number")
