#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each screen as a screen reader has it: whatever can be used has a name, and a name of its own; each row says all that it shows."""
import collections
import re
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
CONTROLS = {"push button", "toggle button", "check box", "radio button", "entry", "text", "combo box", "list item", "menu item",
            "slider", "spin button", "link", "switch"}
DAY = 86_400_000


def is_of_a_toolkit(node):
    """What GTK 4.8 and libadwaita 1.2 give no name, and let nobody name: the buttons of a calendar, and the one that shows a password."""
    return accessible.role_of(node) == "push button" and any(
        accessible.name_of(one).startswith("Day: ") or (accessible.role_of(one), accessible.name_of(one)) == ("text", "Password")
        for one in list(accessible.ancestors_of(node))[1:5])


def is_named(node):
    if accessible.name_of(node).strip() or accessible.text_of(node).strip():
        return True
    # The row of a list has the name of what is in it, which has the focus.
    return accessible.role_of(node) == "list item" and any(accessible.name_of(one) for one in accessible.walk(node))


def complaints_about(app):
    """What is wrong with the window that is in front."""
    window = accessible.children_of(app.root)[-1]
    controls = [node for node in accessible.walk(window)
                if accessible.role_of(node) in CONTROLS and accessible.is_on_screen(node) and not is_of_a_toolkit(node)]
    for node in controls:
        if not is_named(node):
            yield f"a {accessible.role_of(node)} without a name in {[accessible.raw_name_of(one) for one in accessible.ancestors_of(node)]}"

    # The button of a menu is in a widget of the same name.
    outer = [node for node in controls if accessible.role_of(node) not in ("list item", "menu item") and accessible.name_of(node)
             and accessible.name_of(node) not in map(accessible.name_of, list(accessible.ancestors_of(node))[1:3])]
    for (role, name), count in collections.Counter((accessible.role_of(node), accessible.name_of(node)) for node in outer).items():
        if count > 1:
            yield f"{count} of the role {role} are called “{name}”"


def check(app, screen):
    """What is being shown may need a moment."""
    run_main_loop(0.3)
    wait_for(f"nothing to complain of: {screen}", lambda: app.still_runs() and not list(complaints_about(app)), 5)


def main(folder):
    NotificationService()
    server = Server(f"{folder}/data")
    for name in ("ada", "ben"):
        server.command("user", "add", name, *(["--admin"] if name == "ada" else []), password=PASSWORD)
    rooms = {name: server.command("room", "add", name) for name in ("Hall", "Kitchen")}
    now = int(time.time() * 1000)
    server.fill(rooms["Hall"], [
        {"sender": "ben", "content": "Who has the key?", "timestamp": now - DAY},
        {"sender": "ada", "content": "I do", "timestamp": now - DAY + 1, "answers": 0},
        {"sender": "ben", "content": "Tahnks", "edited": "Thanks", "timestamp": now - DAY + 2, "answers": 1},
        {"sender": "ben", "content": "Never mind", "deleted": True, "timestamp": now - DAY + 3},
        {"sender": "ada", "content": "Here", "timestamp": now - 60_000},
        {"sender": "ben", "content": "@ada where?", "timestamp": now},
    ])
    server.fill(rooms["Kitchen"], [{"sender": "ada", "content": "Tea", "timestamp": now - DAY}])
    server.start()
    ada = App("ada", folder)
    story = Story(ada)

    def wait_to_hear(spoken, role="panel"):
        """Also what is scrolled out of view."""
        wait_for(f"what says “{spoken}”", lambda: any(re.fullmatch(spoken, accessible.name_of(node)) and accessible.role_of(node) == role
                                                      for node in accessible.walk(ada.root)))

    def look_at(screen, key):
        """What a key opens, and Escape closes."""
        ada.key(key)
        run_main_loop(0.5)
        check(ada, screen)
        ada.key("Escape")
        wait_for("the window alone", lambda: len(accessible.children_of(ada.root)) == 1)
        ada.come_to_front()

    @story.step
    def signing_in():
        """the pages of the sign-in"""
        ada.start()
        ada.wait_for("^Server Address$", "text")
        check(ada, "the address")
        ada.write("^Server Address$", server.url, "text")
        ada.press("^Continue")
        ada.wait_for("^User Name$", "text")
        check(ada, "the account")
        ada.write("^User Name$", "ada", "text")
        ada.write("^Password$", PASSWORD, "text")
        ada.press("^Sign In")
        ada.wait_for("^Online$", "status bar")
        # What is told for a moment has a button to close it, which is the toolkit's.
        wait_for("the end of the toast", lambda: not ada.sees("There is no keyring here"))

    @story.step
    def in_a_room():
        """a room and its list, and each state of a message"""
        ada.open_room("Hall")
        server.refuse("refused")
        ada.say("This is refused")
        ada.wait_for(r"^You, This is refused, \d\d:\d\d, Not sent: The server could not do this\.$", "panel")
        for spoken in (r"ben, Who has the key\?, \d\d:\d\d", r"You in reply to ben, I do, \d\d:\d\d, Sent", r"You, Here, \d\d:\d\d, Sent",
                       r"ben in reply to you, Thanks, \d\d:\d\d \(edited\)", r"ben, This message was deleted, \d\d:\d\d",
                       r"ben, @ada where\?, \d\d:\d\d"):
            wait_to_hear(spoken)
        for spoken in ("New messages", "Yesterday", "Today"):
            wait_to_hear(spoken, "separator")
        check(ada, "a room")
        ada.key("F9")
        wait_to_hear("ben, Offline")
        check(ada, "its members")
        ada.key("F9")

    @story.step
    def searching():
        """the search, before and after"""
        ada.key("ctrl+f")
        check(ada, "a search")
        ada.type("key")
        wait_to_hear(r"ben in Hall, .*: Who has the key\?", "list item")
        check(ada, "what was found")
        ada.key("ctrl+a")
        ada.type("nothing like it")
        ada.wait_for("^No Messages Found$", "label")
        check(ada, "nothing found")
        ada.key("Escape")

    @story.step
    def dialogs():
        """what opens over it"""
        for screen, key in (("a new room", "ctrl+n"), ("a date", "ctrl+j"), ("the other rooms", "ctrl+k"), ("the preferences", "ctrl+comma"),
                            ("the notifications", "ctrl+shift+n"), ("the menu", "F10")):
            look_at(screen, key)

    @story.step
    def dashboard():
        """the dashboard"""
        ada.press("^Dashboard$")
        ada.wait_for("^Connected People: 1 now", None)
        check(ada, "the dashboard")

    @story.step
    def offline():
        """and without a server"""
        ada.open_room("Kitchen")
        server.kill()
        ada.wait_for(r"^Offline\.", "status bar")
        ada.say("This waits")
        ada.wait_for(r"^You, This waits, \d\d:\d\d, Waiting to be sent$", "panel")
        ada.type("This is being written")
        ada.wait_for("^Kitchen, joined, .*Draft: This is being written", "list item")
        check(ada, "a room without a server")
        ada.quit()
        ada.check_log()

    try:
        return story.tell()
    finally:
        ada.stop()
        server.stop()


with tempfile.TemporaryDirectory() as home:
    sys.exit(main(home))
