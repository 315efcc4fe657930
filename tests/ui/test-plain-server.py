#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that knows the basic protocol only: rooms are joined by their id, and nothing is offered that it cannot do."""
import sys
import tempfile

from harness.app import App
from harness.notifications import NotificationService
from harness.server import Server
from harness.tap import Story
from harness.waiting import stays, wait_for

PASSWORD = "correct horse battery"


def main(folder):
    # An app that finds no desktop to tell its messages to complains of it.
    NotificationService()
    server = Server(f"{folder}/data", "--plain")
    server.command("user", "add", "ada", "--admin", password=PASSWORD)
    server.command("user", "add", "ben", password=PASSWORD)
    rooms = {name: server.command("room", "add", name) for name in ("Hall", "Kitchen")}
    server.start()
    ada = App("ada", folder)
    ben = App("ben", folder, "--server", server.url, "--token", server.command("token", "ben"))
    both = (ada, ben)
    story = Story(*both)

    def join(app, room):
        app.press("^Join Room(…)?$")
        app.write("^Room$", room, "text")
        app.press("^Join$")

    @story.step
    def signing_in():
        """only a token is asked for"""
        ada.start()
        ada.write("^Server Address$", server.url, "text")
        ada.press("^Continue")
        ada.wait_for("^Token$", "text")
        assert not ada.find("^(User Name|Password)$", "text")
        assert not ada.find("Password Instead", "push button")
        ada.write("^Token$", server.command("token", "ada"), "text")
        ada.press("^Sign In")
        ben.start()
        for app in both:
            app.wait_for("^Online$", "status bar")

    @story.step
    def joining():
        """rooms are joined by their id, and cannot be created"""
        for app in both:
            assert not app.find("^Create Room", "push button")
            for name, room_id in rooms.items():
                join(app, room_id)
                app.wait_for(f"^{name}, joined", "list item")

    @story.step
    def unknown_room():
        """a room that is not there fails with a reason, and the others go on"""
        join(ada, "attic")
        ada.wait_for("^There is no such room.$", "alert")
        ada.press("^Cancel$")
        ada.wait_gone("^Room$", "text")

    @story.step
    def writing():
        """what is written arrives at the other, and once at oneself"""
        for room in rooms:
            for app in both:
                app.open_room(room)
            for one, other in ((ada, ben), (ben, ada)):
                text = f"{one.person} is in the {room}"
                one.say(text)
                other.wait_for_message(one.person, text)
                one.wait_for(f"^You, {text}, .*, Sent$", "panel")
                stays("the message is there once", lambda: one.messages().count(("You", text)) == 1, 0.5)

    @story.step
    def typing():
        """who writes is seen to be typing"""
        typed = []

        def is_seen_typing():
            typed.append("hm")
            ben.type(typed[-1])
            return ada.find("^ben is typing…$", "label")

        wait_for("ada sees ben typing", is_seen_typing)
        ben.key("Return")
        ada.wait_for_message("ben", "".join(typed))

    @story.step
    def admin():
        """the token says who is an admin"""
        assert not ben.find("^Dashboard$")
        ada.press("^Dashboard$")
        ada.wait_for("^Connected People: 2 now", None)
        ada.open_room("Kitchen")

    @story.step
    def returning():
        """the server goes and comes back: both are in their rooms again, and nothing is sent twice"""
        server.kill()
        for app in both:
            app.wait_for(r"^Offline\.", "status bar")
        server.start()
        for app in both:
            app.wait_for("^Online$", "status bar")
        for one, other in ((ada, ben), (ben, ada)):
            text = f"{one.person} is back"
            one.say(text)
            other.wait_for_message(one.person, text)
            one.wait_for(f"^You, {text}, .*, Sent$", "panel")
        for app in both:
            shown = app.messages()
            assert len(shown) == len(set(shown)), shown

    @story.step
    def ending():
        """both are closed by the keyboard, having complained of nothing"""
        for app in both:
            app.quit()
            app.check_log()

    try:
        return story.tell()
    finally:
        for app in both:
            app.stop()
        server.stop()


with tempfile.TemporaryDirectory() as home:
    sys.exit(main(home))
