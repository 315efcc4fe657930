#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was said is found, in a room and over all of them, also what only the server has; and opened where it was said."""
import sys
import tempfile
import time

from harness import accessible
from harness.app import App
from harness.notifications import NotificationService
from harness.server import Server
from harness.tap import Story
from harness.waiting import stays, wait_for

PASSWORD = "correct horse battery"
HOUR = 3_600_000
LONG_AGO = "A heron stood in the pond"
LATELY = "Another heron came by"
ELSEWHERE = "There is a heron on the cupboard"


def said(now, texts, hours=1):
    """Of ben, an hour apart, the last one an hour ago."""
    return [{"sender": "ben", "content": text, "timestamp": now - (len(texts) - place) * hours * HOUR} for place, text in enumerate(texts)]


def look_for(app, words):
    app.key("ctrl+a")
    app.type(words)


def hits(app):
    found = app.find("^Messages that were found$", "list")
    return [accessible.name_of(row) for row in accessible.children_of(found)] if found else []


def wait_for_hits(app, *texts):
    wait_for(f"the hits {texts}", lambda: [hit.partition(": ")[2] for hit in hits(app)] == list(texts))


def wait_to_be_at(app, text):
    """It is in sight, and what a screen reader reads."""
    row = app.wait_for(f"^ben, {text}, ", "panel")
    wait_for(f"the focus on “{text}”", lambda: accessible.has_state(app.find(f"^ben, {text}, ", "panel") or row, accessible.FOCUSED))


def main(folder):
    NotificationService()
    server = Server(f"{folder}/data")
    for name in ("ada", "ben"):
        server.command("user", "add", name, password=PASSWORD)
    rooms = {name: server.command("room", "add", name) for name in ("Hall", "Kitchen")}
    now = int(time.time() * 1000)
    hall = [f"Nothing to be seen, {number}" for number in range(400)]
    hall[20], hall[390] = LONG_AGO, LATELY
    server.fill(rooms["Hall"], [*said(now, hall), {"sender": "ada", "content": "Hello", "timestamp": now}])
    server.fill(rooms["Kitchen"], [*said(now, [ELSEWHERE] + ["Tea?"] * 5, 2), {"sender": "ada", "content": "Yes", "timestamp": now}])
    server.start()
    ada = App("ada", folder, "--server", server.url, "--user", "ada", password=PASSWORD)
    story = Story(ada)

    @story.step
    def in_a_room():
        """Ctrl+F looks in the room, as one types; the arrows and Enter open what was found"""
        ada.start()
        ada.wait_for("^Online$", "status bar")
        ada.open_room("Hall")
        ada.wait_for("^You, Hello, ", "panel")
        ada.key("ctrl+f")
        ada.wait_for("^Search messages$", "entry")
        look_for(ada, "another her")
        wait_for_hits(ada, LATELY)
        assert hits(ada)[0].startswith("ben in Hall, "), hits(ada)
        ada.wait_for("^1 message$", "status bar")
        ada.key("Return")
        wait_to_be_at(ada, LATELY)

    @story.step
    def what_the_server_has():
        """what was said too long ago to be kept here is found at the server, and opened in its place"""
        ada.key("ctrl+f")
        look_for(ada, "heron")
        wait_for_hits(ada, LATELY, LONG_AGO)
        ada.key("Down", "Return")
        wait_to_be_at(ada, LONG_AGO)
        for around in (hall[19], hall[21]):
            ada.wait_for(f"^ben, {around}, ", "panel")

    @story.step
    def kept_from_then_on():
        """and without a server it is still found, and in its place"""
        ada.kill()
        server.kill()
        ada.start()
        ada.open_room("Kitchen")
        ada.key("ctrl+shift+f")
        look_for(ada, "pond")
        wait_for_hits(ada, LONG_AGO)
        ada.key("Return")
        wait_to_be_at(ada, LONG_AGO)
        ada.wait_for("^Message #Hall$", "text")
        ada.wait_for(f"^ben, {hall[21]}, ", "panel")
        ada.wait_for(r"^Offline\.", "status bar")
        server.start()
        ada.wait_gone(r"^Offline\.", "status bar")

    @story.step
    def in_all_rooms():
        """Ctrl+Shift+F looks everywhere, and words with a colon say where, who and when"""
        ada.key("ctrl+shift+f")
        look_for(ada, "heron")
        wait_for("three herons", lambda: {hit.partition(": ")[2] for hit in hits(ada)} == {LATELY, LONG_AGO, ELSEWHERE})
        ada.wait_for("^3 messages$", "status bar")
        look_for(ada, "heron in:kitchen from:ben")
        wait_for_hits(ada, ELSEWHERE)
        assert hits(ada)[0].startswith("ben in Kitchen, "), hits(ada)
        ada.key("Return")
        wait_to_be_at(ada, ELSEWHERE)
        ada.wait_for("^Message #Kitchen$", "text")
        look_for_nothing(ada)

    def look_for_nothing(app):
        app.key("ctrl+shift+f")
        look_for(app, "heron from:ada")
        app.wait_for("^No Messages Found$", "label")
        stays("nothing is found", lambda: not hits(app), 1)

    @story.step
    def going_back():
        """Escape gives the rooms back, and the composer the keyboard"""
        ada.key("Escape")
        ada.wait_for("^Hall, joined", "list item")
        ada.say("I am back")
        ada.wait_for("^You, I am back, .*, Sent$", "panel")
        ada.quit()
        ada.check_log()

    try:
        return story.tell()
    finally:
        ada.stop()
        server.stop()


with tempfile.TemporaryDirectory() as home:
    sys.exit(main(home))
