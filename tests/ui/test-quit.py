#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody quits by accident while something waits to be sent that is not kept on the disk."""
import sys
import tempfile

from harness.app import App
from harness.server import Server
from harness.tap import Story

PASSWORD = "correct horse battery"


def main(folder):
    server = Server(f"{folder}/data")
    server.command("user", "add", "ada", password=PASSWORD)
    server.command("room", "add", "Hall")
    server.start()
    # A token from the command line is for one run, and so is all that comes of it; a profile would keep it.
    ada = App("ada", folder, "--server", server.url, "--token", server.command("token", "ada"), environment={"ENFILADE_PROFILE": ""})
    story = Story(ada)

    @story.step
    def writing():
        """what is written while the server is away waits"""
        ada.start()
        ada.wait_for("^Hall, not joined", "list item")
        ada.press("^Join$")
        ada.wait_for("^Hall, joined", "list item")
        ada.open_room("Hall")
        server.kill()
        ada.wait_for(r"^Offline\.", "status bar")
        ada.say("Is anybody there?")
        ada.wait_for("^You, Is anybody there.*, Waiting to be sent$", "panel")

    @story.step
    def staying():
        """quitting asks first, and who cancels stays"""
        ada.key("ctrl+q")
        ada.wait_to_see("1 message was not sent yet and will be lost.")
        ada.press("^Cancel$")
        ada.wait_gone("^Cancel$", "push button")
        ada.wait_for("^You, Is anybody there.*, Waiting to be sent$", "panel")

    @story.step
    def quitting():
        """closing the window asks too, and who insists goes"""
        ada.key("ctrl+w")
        ada.press("^Quit$")
        ada.process.wait(timeout=30)
        assert ada.process.returncode == 0, ada.process.returncode
        ada.check_log()

    try:
        return story.tell()
    finally:
        ada.stop()
        server.stop()


with tempfile.TemporaryDirectory() as home:
    sys.exit(main(home))
