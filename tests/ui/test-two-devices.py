#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One person at two devices, and another one: what is read, marked or said at one device is so at the other."""
import sys
import tempfile
import time

from harness import accessible
from harness.app import App
from harness.notifications import NotificationService
from harness.server import Server
from harness.tap import Story
from harness.waiting import run_main_loop, stays, wait_for

PASSWORD = "correct horse battery"
ROUNDS = 3


def row_of(app, room):
    """What is said of a room in the list."""
    return next((accessible.name_of(node) for node in accessible.walk(app.root)
                 if accessible.role_of(node) == "list item" and accessible.name_of(node).startswith(f"{room}, ")), "")


def wait_for_unread(app, room, words):
    wait_for(f"{words or 'nothing unread'} in the {room} at {app.person}",
             lambda: app.still_runs() and (f", {words}, " in row_of(app, room) if words else "unread" not in row_of(app, room)))


def main(folder):
    NotificationService()
    server = Server(f"{folder}/data", "--ping-interval", "2000", "--ping-timeout", "2000")
    for name in ("ada", "ben"):
        server.command("user", "add", name, password=PASSWORD)
    rooms = {name: server.command("room", "add", name) for name in ("Hall", "Kitchen")}
    now = int(time.time() * 1000)
    for name, room_id in rooms.items():
        server.fill(room_id, [{"sender": "ben", "content": f"Welcome to the {name}", "timestamp": now - 1000},
                              {"sender": "ada", "content": "Thanks", "timestamp": now}])
    server.start()
    desk, lap, ben = (App(person, folder, "--server", server.url, "--user", user, password=PASSWORD)
                      for person, user in (("desk", "ada"), ("lap", "ada"), ("ben", "ben")))
    everybody = (desk, lap, ben)
    story = Story(*everybody)

    @story.step
    def reading():
        """what is read at one device is read at the other"""
        for app in everybody:
            app.start()
        for app in everybody:
            app.wait_for("^Online$", "status bar")
        desk.open_room("Kitchen")
        lap.open_room("Kitchen")
        ben.open_room("Hall")
        ben.say("@ada, are you there?")
        ben.say("I am in the hall")
        for app in (desk, lap):
            wait_for_unread(app, "Hall", "2 unread messages, 1 mention")
        desk.open_room("Hall")
        desk.wait_for_message("ben", "I am in the hall")
        for app in (desk, lap):
            wait_for_unread(app, "Hall", None)

    @story.step
    def marking():
        """what is marked as unread at one device is unread at both, and stays so until it is read"""
        ben.say("Read this later")
        desk.wait_for_message("ben", "Read this later")
        wait_for_unread(lap, "Hall", None)
        wait_for_unread(desk, "Hall", None)
        desk.key("shift+Tab", "Up")
        run_main_loop(0.3)
        desk.key("shift+F10")
        desk.press("^Mark as Unread from Here$", "menu item")
        for app in (desk, lap):
            wait_for_unread(app, "Hall", "2 unread messages")
        stays("it is unread", lambda: all("2 unread messages" in row_of(app, "Hall") for app in (desk, lap)), 2)
        lap.open_room("Hall")
        lap.wait_for_message("ben", "Read this later")
        for app in (desk, lap):
            wait_for_unread(app, "Hall", None)

    @story.step
    def dying():
        """the server dies while all write, and comes back: everybody has everything once, in the same order"""
        said = {app.person: [] for app in everybody}

        def say(text):
            for app in everybody:
                said[app.person].append(f"{app.person} {text}")
                app.say(said[app.person][-1])

        for app in everybody:
            app.click("^Message #Hall$", "text")
        for number in range(ROUNDS):
            say(f"before {number}")
        server.kill()
        for number in range(ROUNDS):
            say(f"meanwhile {number}")
        for app in everybody:
            app.wait_for(r"^Offline\.", "status bar")
        server.start()
        for app in everybody:
            app.wait_for("^Online$", "status bar")
        total = sum(map(len, said.values()))

        def are_all_alike():
            stored = [message["content"] for message in server.messages_of(rooms["Hall"], "ben")][-total:]
            return sorted(stored) == sorted(sum(said.values(), [])) and all(
                [text for _, text in app.messages()][-total:] == stored for app in everybody)
        wait_for("everything at everybody", are_all_alike)
        for texts in said.values():
            stored = [message["content"] for message in server.messages_of(rooms["Hall"], "ben")]
            assert [text for text in stored if text in texts] == texts, stored
        for app in (desk, lap):
            wait_for_unread(app, "Hall", None)
            app.wait_gone("Waiting to be sent$", "panel")

    @story.step
    def ending():
        """all are closed, having complained of nothing"""
        for app in everybody:
            app.quit()
            app.check_log()

    try:
        return story.tell()
    finally:
        for app in everybody:
            app.stop()
        server.stop()


with tempfile.TemporaryDirectory() as home:
    sys.exit(main(home))
