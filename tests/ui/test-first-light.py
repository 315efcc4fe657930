#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people and a server, from the first sign-in to the server's death and return."""
import sys
import tempfile

from harness import accessible
from harness.app import App
from harness.notifications import NotificationService
from harness.server import Server
from harness.tap import Story
from harness.waiting import stays, wait_for

PASSWORD = "correct horse battery"
ROOMS = ("Hall", "Kitchen")
FAILURES = 3
ROUNDS = 4


def all_once(app, sender, texts):
    shown = app.messages()
    return all(shown.count((sender, text)) == 1 for text in texts)


def main(folder):
    notifications = NotificationService()
    server = Server(f"{folder}/data", "--alert-sign-in-failures", str(FAILURES), "--ping-interval", "2000", "--ping-timeout", "2000")
    server.command("user", "add", "ada", "--admin", password=PASSWORD)
    server.command("user", "add", "ben", password=PASSWORD)
    room_ids = {name: server.command("room", "add", name) for name in ROOMS}
    server.start()
    ada, ben = (App(name, folder, "--server", server.url, "--user", name, password=PASSWORD) for name in ("ada", "ben"))
    both = (ada, ben)
    story = Story(ada, ben)
    before = {"ada": [], "ben": []}

    @story.step
    def signing_in():
        """both sign in from the command line"""
        for app in both:
            app.start()
        for app in both:
            app.wait_for("^Online$", "status bar")

    @story.step
    def joining():
        """both join two rooms, and see each other there"""
        for app in both:
            for name in ROOMS:
                row = app.wait_for(f"^{name}, not joined", "list item")
                accessible.press(accessible.find(row, "^Join$", "push button"))
                app.wait_for(f"^{name}, joined", "list item")
        for app in both:
            for name in ROOMS:
                app.wait_for(f"^{name}, joined, 2 members", "list item")

    @story.step
    def writing():
        """what is written in each room arrives at the other, and at oneself as sent"""
        for name in ROOMS:
            for app in both:
                app.open_room(name)
            for one, other in ((ada, ben), (ben, ada)):
                text = f"{one.person} says hello in the {name}"
                one.say(text)
                other.wait_for_message(one.person, text)
                one.wait_for(f"^You, {text}, .*, Sent$", "panel")

    @story.step
    def typing():
        """who writes is seen to be typing, until the message is there"""
        for one, other in ((ada, ben), (ben, ada)):
            typed = []

            def is_seen_typing():
                typed.append("hm")
                one.type(typed[-1])
                return other.find(f"^{one.person} is typing…$", "label")

            wait_for(f"{other.person} sees {one.person} typing", is_seen_typing)
            one.key("Return")
            other.wait_for_message(one.person, "".join(typed))
            other.wait_gone(f"^{one.person} is typing…$", "label")

    @story.step
    def being_notified():
        """a message in a room that is not in front is told by the desktop, one in front is not"""
        ada.open_room("Hall")
        told = len(notifications.shown)
        ada.say("Who is in the hall?")
        notification = wait_for("a notification for ben", lambda: notifications.find("Who is in the hall?", told))
        assert notification.title == "Hall", notification.title
        ben.wait_for("^Hall, .*1 unread", "list item")

        told = len(notifications.shown)
        ben.say("I am in the kitchen.")
        wait_for("a notification for ada", lambda: notifications.find("I am in the kitchen.", told))
        ada.open_room("Kitchen")
        ada.wait_for_message("ben", "I am in the kitchen.")
        told = len(notifications.shown)
        ada.say("So am I now.")
        ben.wait_for_message("ada", "So am I now.")
        stays("no notification for who looks at the room", lambda: not notifications.find("So am I now.", told), 2)

        notifications.click(notification)
        ben.wait_for_message("ada", "Who is in the hall?")
        ben.wait_gone("^Hall, .*unread", "list item")

    @story.step
    def dashboard():
        """the admin sees figures and clears an alert that has a cause; the other has no dashboard"""
        assert not ben.find("^Dashboard$")
        ada.press("^Dashboard$")
        ada.wait_for("^Connected People: 2 now", None)
        ada.wait_to_see("No open alerts")
        for _ in range(FAILURES):
            assert server.post("/auth/login", {"username": "ben", "password": "wrong"}) == 401
        alert = f"{FAILURES} failed sign-ins in the last minute"
        ada.wait_to_see(alert)
        ada.press(f"^Clear alert: {alert}")
        ada.wait_to_see("No open alerts")
        assert not ada.sees(alert)
        assert not ben.find("^Dashboard$")

    @story.step
    def dying():
        """the server is killed in the middle of a conversation, and what is written meanwhile waits"""
        for app in both:
            app.open_room("Hall")
            before[app.person] += [text for sender, text in app.messages() if sender == "You"]
        for number in range(ROUNDS):
            for app in both:
                before[app.person].append(f"{app.person} before {number}")
                app.say(before[app.person][-1])
        server.kill()
        for number in range(ROUNDS):
            for app in both:
                before[app.person].append(f"{app.person} meanwhile {number}")
                app.say(before[app.person][-1])
        for app in both:
            app.wait_for(r"^Offline\.", "status bar")
            app.wait_for(f"^You, {app.person} meanwhile {ROUNDS - 1}, .*, Waiting to be sent$", "panel")

    @story.step
    def returning():
        """it comes back on the same port, and both go on by themselves: every message is there once"""
        server.start()
        for app in both:
            app.wait_for("^Online$", "status bar")
        for one, other in ((ada, ben), (ben, ada)):
            wait_for(f"{one.person}'s messages, once each, at {other.person}", lambda: all_once(other, one.person, before[one.person]))
            wait_for(f"{one.person}'s messages, once each", lambda: all_once(one, "You", before[one.person]))
            one.wait_gone("^You, .*Waiting to be sent$", "panel")

    @story.step
    def comparing():
        """both apps and the server have the same messages in the same order"""
        stored = [(message["senderName"], message["content"]) for message in server.messages_of(room_ids["Hall"], "ada")]
        assert len(stored) == len(set(stored)) and len(stored) == sum(map(len, before.values())), stored
        for person, texts in before.items():
            assert [text for sender, text in stored if sender == person] == texts, stored
        for app in both:
            shown = [(app.person if sender == "You" else sender, text) for sender, text in app.messages()]
            assert shown == stored, f"{app.person} shows {shown}, stored is {stored}"

    @story.step
    def going_on():
        """the other room goes on as well, and the dashboard"""
        for app in both:
            app.open_room("Kitchen")
        for one, other in ((ada, ben), (ben, ada)):
            one.say(f"{one.person} is back")
            other.wait_for_message(one.person, f"{one.person} is back")
        ada.press("^Dashboard$")
        ada.wait_for("^Connected People: 2 now", None)

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
