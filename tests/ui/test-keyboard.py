#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that one does all day, without a pointer; and wherever the keyboard goes, a screen reader can tell where it is."""
import sys
import tempfile
import time

from harness import accessible
from harness.app import App
from harness.notifications import NotificationService
from harness.server import Server
from harness.tap import Story
from harness.waiting import run_main_loop, wait_for

PASSWORD = "correct horse battery"
DAY = 86_400_000
COMPOSER = "^Message #"


def main(folder):
    NotificationService()
    server = Server(f"{folder}/data")
    for name in ("ada", "ben"):
        server.command("user", "add", name, password=PASSWORD)
    rooms = {name: server.command("room", "add", name) for name in ("Hall", "Kitchen")}
    now = int(time.time() * 1000)
    for name, room_id in rooms.items():
        old = [{"sender": "ben", "content": f"{name} {number}", "timestamp": now - (40 - number) * DAY} for number in range(40)]
        server.fill(room_id, [*old, {"sender": "ada", "content": f"My {name}", "timestamp": now}])
    server.fill(rooms["Kitchen"], [{"sender": "ben", "content": "Is there tea?", "timestamp": now}])
    server.start()
    ada = App("ada", folder)
    story = Story(ada)
    focus = accessible.Focus(ada)

    def wait_to_be_at(name, role=None):
        wait_for(f"the focus on /{name}/ ({role})", lambda: ada.still_runs() and focus.is_at(name, role))

    def close_dialog(*keys):
        """By a key; then a desktop gives the window the keyboard."""
        ada.key(*keys)
        wait_for("the dialog gone", lambda: len(accessible.children_of(ada.root)) == 1)
        run_main_loop(0.2)
        ada.come_to_front()

    def go(key, name, role=None, times=30):
        """Press a key until it leads there, and be nowhere in between."""
        for _ in range(times):
            if focus.node and accessible.matches(focus.node, name, role):
                return
            ada.key(key)
            run_main_loop(0.2)
            wait_for(f"the focus somewhere, after {key}", lambda: focus.node or focus.look())
        raise AssertionError(f"{key} does not lead to /{name}/ ({role})")

    @story.step
    def signing_in():
        """one signs in, by typing and Enter"""
        ada.start()
        ada.wait_for("^Server Address$", "text")
        ada.type(server.url)
        ada.key("Return")
        ada.wait_for("^User Name$", "text")
        ada.type("ada")
        ada.key("Tab")
        ada.type(PASSWORD)
        ada.key("Return")
        ada.wait_for("^Online$", "status bar")

    @story.step
    def choosing_a_room():
        """and chooses a room by its name"""
        ada.key("ctrl+k")
        wait_to_be_at("^Switch to a room$", "entry")
        ada.type("Hal")
        close_dialog("Return")
        wait_to_be_at("^Message #Hall$", "text")

    @story.step
    def writing():
        """one writes, and answers what was said by its menu, which gives the focus back"""
        ada.say("Good morning")
        ada.wait_for("^You, Good morning, .*, Sent$", "panel")
        wait_to_be_at(COMPOSER, "text")
        go("shift+Tab", "^You, Good morning, ", "panel", 3)
        go("Up", "^ben, Hall 39, ", "panel", 6)
        ada.key("shift+F10")
        wait_to_be_at("^Reply$", "menu item")
        ada.key("Escape")
        wait_to_be_at("^ben, Hall 39, ", "panel")
        ada.key("shift+F10")
        wait_to_be_at("^Reply$", "menu item")
        ada.key("Return")
        wait_to_be_at(COMPOSER, "text")
        ada.say("An answer")
        ada.wait_for("^You in reply to ben, An answer, .*, Sent$", "panel")

    @story.step
    def editing():
        """what failed is written anew, from its buttons and from its menu"""
        server.refuse("wrong")
        for key in ("Tab", "shift+F10"):
            ada.say("wrong")
            ada.wait_for("^You, wrong, .*, Not sent: ", "panel")
            go("shift+Tab", "^You, wrong, ", "panel", 6)
            if key == "Tab":
                go("Tab", "^Edit$", "push button", 6)
            else:
                ada.key(key)
                ada.wait_for("^Edit$", "menu item")
                go("Down", "^Edit$", "menu item", 8)
            ada.key("Return")
            wait_to_be_at(COMPOSER, "text")
            wait_for("the text", lambda: accessible.text_of(ada.wait_for(COMPOSER, "text")) == "wrong")
            ada.key("ctrl+a")
            ada.say("right")
            ada.wait_for("^You, right, .*, Sent$", "panel")
        server.refuse(None)

    @story.step
    def searching():
        """one finds what was said, and is there"""
        ada.key("ctrl+f")
        wait_to_be_at("^Search messages$", "entry")
        ada.type("Hall 7 ")
        ada.wait_for("^1 message$", "status bar")
        ada.key("Return")
        wait_to_be_at("^ben, Hall 7, ", "panel")
        ada.key("ctrl+f")
        wait_to_be_at("^Search messages$", "entry")
        ada.key("Escape")
        wait_to_be_at(COMPOSER, "text")

    @story.step
    def jumping():
        """one goes to a day, and to what is unread elsewhere"""
        ada.key("ctrl+j")
        wait_to_be_at("^Day: Today$")
        ada.key("Up", "Left", "Right")
        wait_to_be_at("^Day: \\w+, \\d+ \\w+")
        close_dialog("Return")
        wait_to_be_at("^ben, Hall 3[234], ", "panel")
        ada.key("ctrl+shift+Next")
        wait_to_be_at("^Message #Kitchen$", "text")
        ada.wait_for("^ben, Is there tea\\?, ", "panel")

    @story.step
    def going_round():
        """Tab goes round the window, and never to nowhere"""
        names = []
        for _ in range(24):
            ada.key("Tab")
            run_main_loop(0.2)
            names.append(accessible.name_of(wait_for("the focus somewhere", lambda: focus.node or focus.look()) and focus.node))
            if names[-1].startswith("Message #"):
                break
        for name in ("Main Menu", "Find a room", "Members", "Room Menu"):
            assert name in names, names
        assert names[-1] == "Message #Kitchen", names

    @story.step
    def from_the_list():
        """a room's menu gives the focus back to the room"""
        ada.key("ctrl+shift+k")
        wait_to_be_at("^Find a room$", "entry")
        go("Tab", "^Kitchen, joined", "list item", 8)
        ada.key("shift+F10")
        ada.wait_for("^Leave$", "menu item")
        ada.key("Escape")
        wait_to_be_at("^Kitchen, joined", "list item")
        ada.key("Return")
        wait_to_be_at("^Message #Kitchen$", "text")
        ada.quit()
        ada.check_log()

    try:
        return story.tell()
    finally:
        ada.stop()
        server.stop()


with tempfile.TemporaryDirectory() as home:
    sys.exit(main(home))
