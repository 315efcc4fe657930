#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of a message is to be seen and heard, also after the app was killed: that it failed and why, and that nobody knows."""
import sys
import tempfile

from harness import accessible
from harness.app import App
from harness.notifications import NotificationService
from harness.server import Server
from harness.tap import Story
from harness.waiting import wait_for

PASSWORD = "correct horse battery"
REFUSED = "Not sent: The server could not do this\\."
UNKNOWN = "Not confirmed"
# One for each of what can be done about it.
RETRIED, EDITED, DISCARDED = "a word too much", "another word too much", "one more word too much"


def wait_for_state(app, text, state):
    return app.wait_for(f"^You, {text}, .*, {state}$", "panel")


def wait_for_button(app, text, state, what):
    """One of the message's row."""
    def look():
        row = app.find(f"^You, {text}, .*, {state}$", "panel")
        return row and accessible.find(row, f"^{what}$", "push button")
    return wait_for(f"{what} of “{text}”", look)


def do(app, text, state, what):
    accessible.press(wait_for_button(app, text, state, what))


def draft_of(app):
    return accessible.text_of(app.wait_for("^Message #", "text"))


def main(folder):
    NotificationService()
    server = Server(f"{folder}/data")
    plain = Server(f"{folder}/plain", "--plain")
    for each in (server, plain):
        each.command("user", "add", "ada", password=PASSWORD)
    hall = server.command("room", "add", "Hall")
    rooms = {name: plain.command("room", "add", name) for name in ("Attic", "Barn", "Cellar")}
    in_room = dict(zip(rooms, (RETRIED, EDITED, DISCARDED)))
    for each in (server, plain):
        each.start()
    ada = App("ada", folder, "--server", server.url, "--user", "ada", password=PASSWORD)
    guest = App("guest", folder, "--server", plain.url, "--token", plain.command("token", "ada"))
    story = Story(ada, guest)

    @story.step
    def failing():
        """what the server refuses says so, with the reason, and holds nothing up"""
        ada.start()
        accessible.press(accessible.find(ada.wait_for("^Hall, not joined", "list item"), "^Join$", "push button"))
        ada.wait_for("^Hall, joined", "list item")
        ada.open_room("Hall")
        server.refuse("too much")
        for text in (RETRIED, EDITED, DISCARDED):
            ada.say(text)
        ada.say("This is allowed")
        for text in (RETRIED, EDITED, DISCARDED):
            wait_for_state(ada, text, REFUSED)
        wait_for_state(ada, "This is allowed", "Sent")

    @story.step
    def failed_before():
        """killed and started again, it says the same"""
        ada.kill()
        ada.start()
        for text in (RETRIED, EDITED, DISCARDED):
            for what in ("Retry", "Edit", "Discard"):
                wait_for_button(ada, text, REFUSED, what)
            row = wait_for_state(ada, text, REFUSED)
            assert any("Not sent: The server could not do this." == shown for _, shown in accessible.texts_of(row)), ada.describe()
        ada.wait_for("^Online$", "status bar")

    @story.step
    def mending():
        """it is sent again, written anew, or given up, as one likes"""
        do(ada, DISCARDED, REFUSED, "Discard")
        ada.wait_gone(f"^You, {DISCARDED}, ", "panel")
        do(ada, EDITED, REFUSED, "Edit")
        ada.wait_gone(f"^You, {EDITED}, ", "panel")
        wait_for("the text in the composer", lambda: draft_of(ada) == EDITED)
        ada.say(", it was")
        wait_for_state(ada, f"{EDITED}, it was", REFUSED)
        server.refuse(None)
        do(ada, RETRIED, REFUSED, "Retry")
        wait_for_state(ada, RETRIED, "Sent")
        do(ada, f"{EDITED}, it was", REFUSED, "Retry")
        wait_for_state(ada, f"{EDITED}, it was", "Sent")
        said = [message["content"] for message in server.messages_of(hall, "ada")]
        assert said == ["This is allowed", RETRIED, f"{EDITED}, it was"], said

    @story.step
    def not_confirming():
        """a server that promises nothing dies with what was sent to it: the app does not say that it knows"""
        guest.start()
        guest.wait_for("^Online$", "status bar")
        for name, room_id in rooms.items():
            guest.press("^Join Room(…)?$")
            guest.write("^Room$", room_id, "text")
            guest.press("^Join$")
            guest.wait_for(f"^{name}, joined", "list item")
        plain.pause()
        for name, text in in_room.items():
            guest.open_room(name)
            guest.say(text)
            wait_for_state(guest, text, "Waiting to be sent")
        guest.kill()
        plain.kill()
        guest.start()
        for name, text in in_room.items():
            guest.open_room(name)
            wait_for_state(guest, text, UNKNOWN)

    @story.step
    def not_confirmed_before():
        """nor when the server is back: nothing is sent again by itself, and the person decides"""
        plain.start()
        guest.wait_for("^Online$", "status bar")
        guest.open_room("Cellar")
        do(guest, DISCARDED, UNKNOWN, "Discard")
        guest.wait_gone(f"^You, {DISCARDED}, ", "panel")
        guest.open_room("Barn")
        do(guest, EDITED, UNKNOWN, "Edit")
        guest.wait_gone(f"^You, {EDITED}, ", "panel")
        wait_for("the text in the composer", lambda: draft_of(guest) == EDITED)
        guest.say(", it was")
        wait_for_state(guest, f"{EDITED}, it was", "Sent")
        guest.open_room("Attic")
        do(guest, RETRIED, UNKNOWN, "Retry")
        wait_for_state(guest, RETRIED, "Sent")

    @story.step
    def ending():
        """both are closed, having complained of nothing"""
        for app in (ada, guest):
            app.quit()
            app.check_log()

    try:
        return story.tell()
    finally:
        for app in (ada, guest):
            app.stop()
        for each in (server, plain):
            each.stop()


with tempfile.TemporaryDirectory() as home:
    sys.exit(main(home))
