#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in by hand: each thing that can be wrong is said in words where one looks, and then it works."""
import http.server
import pathlib
import ssl
import subprocess
import sys
import tempfile
import threading

from harness.app import App
from harness.server import Server, free_port
from harness.tap import Story

PASSWORD = "correct horse battery"


class QuietHandler(http.server.BaseHTTPRequestHandler):
    """A web server that knows of no chat."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>Cakes</title>")

    def log_message(self, *_arguments):
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    """Who breaks off a handshake is what is to be seen here."""

    def handle_error(self, _request, _address):
        pass


def serve(context=None):
    server = QuietServer(("127.0.0.1", 0), QuietHandler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def make_context(folder):
    """With a certificate that nobody but itself vouches for."""
    key, certificate = pathlib.Path(folder, "key.pem"), pathlib.Path(folder, "certificate.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def main(folder):
    server = Server(f"{folder}/data")
    server.command("user", "add", "ada", password=PASSWORD)
    server.command("room", "add", "Hall")
    server.start()
    app = App("ada", folder)
    story = Story(app)

    def give_address(address):
        app.write("^Server Address$", address, "text")
        app.press("^Continue")

    def give_password(password):
        app.write("^User Name$", "ada", "text")
        app.write("^Password$", password, "text")
        app.press("^Sign In")

    def is_refused(address, reason):
        give_address(address)
        app.wait_for(reason, "alert")
        # What is wrong is gone as soon as it is changed.
        app.write("^Server Address$", "example", "text")
        app.wait_gone(reason, "alert")

    @story.step
    def starting():
        """the first start asks for a server"""
        app.start()
        app.wait_for("^Welcome to Enfilade$", "label")

    @story.step
    def no_address():
        """what is no address is told to be none"""
        for address in ("ht!tp://", "chat server", "ftp://chat.example.org", "http://ada:secret@127.0.0.1", "http://127.0.0.1:99999"):
            give_address(address)
            app.wait_for("address|port", "alert")
            app.write("^Server Address$", "example", "text")
            app.wait_gone("address|port", "alert")

    @story.step
    def no_server():
        """an address where nobody answers"""
        is_refused(f"http://127.0.0.1:{free_port()}", "^No server answers at this address.$")

    @story.step
    def another_server():
        """a web server that is no chat server"""
        is_refused(f"http://127.0.0.1:{serve()}", "^What answers at this address is not a chat server.$")

    @story.step
    def another_protocol():
        """a server that speaks no TLS where TLS was asked for"""
        is_refused(f"https://127.0.0.1:{serve()}", "secure connection")

    @story.step
    def distrusted_server():
        """a server whose certificate nobody vouches for"""
        is_refused(f"https://127.0.0.1:{serve(make_context(folder))}", "certificate .* whom this computer does not trust")

    @story.step
    def wrong_password():
        """the right server, and a wrong password"""
        give_address(server.url)
        app.wait_for("^Password$", "text")
        give_password("wrong password")
        app.wait_for("password", "alert")
        assert not app.find("^Hall, ", "list item")

    @story.step
    def right_password():
        """the right password opens the rooms; that nothing keeps it for the next time is told"""
        give_password(PASSWORD)
        app.wait_to_see("There is no keyring here")
        app.wait_for("^Hall, ", "list item")
        # It lies on the state of the connection, until it goes by itself.
        app.wait_for("^Online$", "status bar")

    @story.step
    def signing_out():
        """signing out says what is deleted, leads back to who signs in, and nothing of the account is left"""
        accounts = pathlib.Path(folder, "ada", "enfilade", "profiles", "ada", "accounts")
        assert list(accounts.glob("*.db")), list(accounts.parent.rglob("*"))
        app.choose("Sign Out")
        app.wait_to_see("Your conversations will be deleted from this computer. They stay on the server.")
        app.press("^Sign Out$")
        app.wait_for("^Use a .?Token Instead", "push button")
        assert not app.find("^Hall, ", "list item")
        assert not list(accounts.iterdir()), list(accounts.iterdir())

    @story.step
    def token():
        """a token in the place of a password, first a wrong one"""
        app.press("^Use a .?Token Instead")
        app.write("^Token$", "not.a.token", "text")
        app.press("^Sign In")
        app.wait_for("account|sign|Sign", "alert")
        assert not app.find("^Hall, ", "list item")
        if not app.find("^Token$", "text"):
            app.press("^Use a .?Token Instead")
        app.write("^Token$", server.command("token", "ada"), "text")
        app.press("^Sign In")
        app.wait_for("^Online$", "status bar")
        app.wait_for("^Hall, ", "list item")

    @story.step
    def ending():
        """the app is closed by the keyboard, having complained of nothing"""
        app.quit()
        app.check_log()

    try:
        return story.tell()
    finally:
        app.stop()
        server.stop()


with tempfile.TemporaryDirectory() as home:
    sys.exit(main(home))
