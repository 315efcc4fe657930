#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is lost: neither what was said, nor what is being written, nor where one reads; without a server, and killed."""
import sys
import tempfile

from harness import accessible
from harness.app import App
from harness.notifications import NotificationService
from harness.server import Server
from harness.tap import Story
from harness.waiting import run_main_loop, wait_for

PASSWORD = "correct horse battery"
ROOMS = ("Hall", "Kitchen")
LINES = 45
SAFE_AFTER = 2


def main(folder):
    # It has to be there, and nobody looks at it.
    _notifications = NotificationService()
    server = Server(f"{folder}/data")
    server.command("user", "add", "ada", password=PASSWORD)
    server.command("user", "add", "ben", password=PASSWORD)
    room_ids = {name: server.command("room", "add", name) for name in ROOMS}
    server.start()
    ada, ben = (App(name, folder, "--server", server.url, "--user", name, password=PASSWORD) for name in ("ada", "ben"))
    story = Story(ada, ben)
    place = {}

    def join(app):
        for name in ROOMS:
            row = app.wait_for(f"^{name}, not joined", "list item")
            accessible.press(accessible.find(row, "^Join$", "push button"))
            app.wait_for(f"^{name}, joined", "list item")

    def top_of(app):
        """The first message in view, and where it stands."""
        log = app.wait_for("^Messages$", "log")
        rows = [node for node in accessible.walk(log) if accessible.role_of(node) == "panel"
                and accessible.name_of(node) and accessible.is_on_screen(node)]
        # What is above the view is not met by a pointer in its middle, or it is cut; the second is whole.
        found = sorted((accessible.middle_of(node)[1], accessible.name_of(node).split(", ")[1]) for node in rows)
        return found[1]

    @story.step
    def talking():
        """two people talk, and the one reads further up"""
        for app in (ada, ben):
            app.start()
            app.wait_for("^Online$", "status bar")
            join(app)
        ben.open_room("Hall")
        for number in range(LINES):
            ben.say(f"line {number}")
        ada.open_room("Kitchen")
        ada.say("Tea is ready")
        ada.wait_for("^You, Tea is ready, .*, Sent$", "panel")
        ben.wait_for(f"^You, line {LINES - 1}, .*, Sent$", "panel")
        ben.quit()
        ada.open_room("Hall")
        ada.wait_for("^New messages$", "separator")
        ada.key("ctrl+End")
        ada.wait_for(f"^ben, line {LINES - 1}, ", "panel")

    @story.step
    def stopping():
        """the server stops, and the app is killed while something is being written"""
        server.kill()
        ada.wait_for(r"^Offline\.", "status bar")
        ada.say("I wrote this while you were away")
        ada.wait_for("^You, I wrote this while you were away, .*, Waiting to be sent$", "panel")
        ada.key("Page_Up")
        wait_for("an older line", lambda: not ada.find(f"^ben, line {LINES - 1}, ", "panel"))
        ada.type("half a sentence")
        place["top"] = top_of(ada)
        # So long a person has to have done nothing for what they did to be safe.
        run_main_loop(SAFE_AFTER)
        ada.kill()

    @story.step
    def coming_back():
        """started without a server it shows everything as it was, and where it was"""
        ada.start()
        ada.wait_for("^Hall, joined", "list item")
        ada.wait_for("^Kitchen, joined", "list item")
        assert ada.find("^Kitchen, joined.*Tea is ready", "list item"), ada.describe()
        wait_for("the place", lambda: ada.find("^Messages$", "log") and abs(top_of(ada)[0] - place["top"][0]) <= 1
                 and top_of(ada)[1] == place["top"][1])
        wait_for("the draft", lambda: "half a sentence" in accessible.text_of(ada.wait_for("^Message #Hall$", "text")))
        ada.wait_for(r"^Offline\.", "status bar")

    @story.step
    def writing_without_a_server():
        """what is written now waits as well, also in the other room, and after another kill"""
        ada.key("Return")
        ada.wait_for("^You, half a sentence, .*, Waiting to be sent$", "panel")
        ada.open_room("Kitchen")
        ada.say("It is cold by now")
        ada.wait_for("^You, It is cold by now, .*, Waiting to be sent$", "panel")
        ada.kill()
        ada.start()
        ada.wait_for("^You, It is cold by now, .*, Waiting to be sent$", "panel")

    @story.step
    def quitting():
        """quitting asks nothing: what waits is safe"""
        ada.quit()
        ada.start()
        ada.wait_for("^You, It is cold by now, .*, Waiting to be sent$", "panel")

    @story.step
    def sending():
        """the server comes back, and each message is there once, in order"""
        server.start()
        ada.wait_for("^Online$", "status bar")
        ada.wait_for("^You, It is cold by now, .*, Sent$", "panel")
        ada.open_room("Hall")
        ada.wait_gone("^You, .*Waiting to be sent$", "panel")

        def stored(name):
            return [message["content"] for message in server.messages_of(room_ids[name], "ada") if message["senderName"] == "ada"]
        wait_for("both in the Hall", lambda: stored("Hall") == ["I wrote this while you were away", "half a sentence"])
        assert stored("Kitchen") == ["Tea is ready", "It is cold by now"], stored("Kitchen")
        ada.quit()
        for app in (ada, ben):
            app.check_log()

    try:
        return story.tell()
    finally:
        for app in (ada, ben):
            app.stop()
        server.stop()


with tempfile.TemporaryDirectory() as home:
    sys.exit(main(home))
