#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The library as somebody has it who installed it: from outside of the tree, with nothing but what `meson install` puts there.

test-product.py SOURCE-FOLDER BUILD-FOLDER PREFIX LIBRARY-FOLDER
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from cases import PATIENCE, expect, run  # noqa: E402
from server import Server  # noqa: E402

PAGE = "docs/reference/getting-started.md"
BLOCK = re.compile(r"^([^\n]*)\n\n```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PORT = "3000"
# For PyGObject is there for the system's Python, which need not be the one that runs this.
PYTHON = "/usr/bin/python3"


class Installed:
    """What is installed, below a folder of its own, and the environment in which a system would find it."""

    def __init__(self, source, build, prefix, libdir, folder):
        self.source = pathlib.Path(source)
        subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", str(folder)], check=True,
                       stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        self.prefix = folder / prefix.lstrip("/")
        self.libdir = self.prefix / libdir
        self.share = self.prefix / "share"
        # It lies elsewhere than it was made for.
        module = self.libdir / "pkgconfig" / "socketio-glib-1.0.pc"
        module.write_text(re.sub(r"^prefix=.*$", f"prefix={self.prefix}", module.read_text(), flags=re.MULTILINE))
        self.environment = {
            **os.environ,
            "PATH": f"{self.prefix / 'bin'}:{os.environ['PATH']}",
            "LD_LIBRARY_PATH": str(self.libdir),
            "PKG_CONFIG_PATH": str(module.parent),
            "GI_TYPELIB_PATH": str(self.libdir / "girepository-1.0"),
            "XDG_DATA_DIRS": f"{self.share}:/usr/local/share:/usr/share",
            # In the place of `npm install socket.io`.
            "NODE_PATH": str(self.source / "tests" / "interop" / "node_modules"),
            # The allocator's checks are for our own programs; those of a language do with memory what they want.
            "MALLOC_CHECK_": "0",
            "G_DEBUG": "fatal-criticals",
            "LC_ALL": "C.UTF-8",
        }

    def run(self, command, folder):
        done = subprocess.run(command, cwd=folder, env=self.environment, shell=isinstance(command, str), encoding="utf-8",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=4 * PATIENCE)
        expect(done.returncode, 0, f"{command}: {done.stdout}")
        return done.stdout

    def server(self, script):
        return Server(script, self.environment)


class Program:
    """One that runs in the background, and is talked with line by line."""

    def __init__(self, installed, command, folder):
        self.command = command
        self.process = subprocess.Popen(command, cwd=folder, env=installed.environment, shell=isinstance(command, str),
                                        encoding="utf-8",
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.timer = threading.Timer(PATIENCE, self.process.kill)

    def __enter__(self):
        self.timer.start()
        return self

    def __exit__(self, *_):
        self.timer.cancel()
        self.process.kill()
        self.process.communicate()

    def expect(self, *lines):
        for line in lines:
            expect(self.process.stdout.readline().rstrip("\n"), line, f"of {self.command}")

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def leave(self):
        self.process.stdin.close()
        expect(self.process.wait(PATIENCE), 0, f"{self.command}")
        # What it said last.
        said = self.process.stdout.read()
        self.process.stdin = None
        return said


def test_what_is_installed(installed):
    for path in (
        installed.prefix / "bin" / "sio",
        installed.prefix / "include" / "socketio-glib-1.0" / "socketio-glib.h",
        installed.prefix / "include" / "socketio-glib-1.0" / "sio-version.h",
        installed.libdir / "libsocketio-glib-1.0.so.0",
        installed.libdir / "girepository-1.0" / "Sio-1.0.typelib",
        installed.share / "gir-1.0" / "Sio-1.0.gir",
        installed.share / "vala" / "vapi" / "socketio-glib-1.0.vapi",
        installed.share / "vala" / "vapi" / "socketio-glib-1.0.deps",
        installed.share / "man" / "man1" / "sio.1",
        installed.share / "bash-completion" / "completions" / "sio",
        installed.share / "zsh" / "site-functions" / "_sio",
        installed.share / "doc" / "socketio-glib-1.0" / "index.html",
        installed.share / "doc" / "socketio-glib-1.0" / "getting-started.html",
        installed.share / "doc" / "socketio-glib-1.0" / "class.Manager.html",
    ):
        expect(path.is_file(), True, str(path))
    headers = {path.name for path in (installed.prefix / "include" / "socketio-glib-1.0").iterdir()}
    expect({name for name in headers if "private" in name}, set())


def test_each_header_stands_alone(installed, folder):
    for header in sorted((installed.prefix / "include" / "socketio-glib-1.0").iterdir()):
        (folder / "alone.c").write_text(f"#include <{header.name}>\n#include <{header.name}>\nint alone;\n")
        installed.run("cc -std=c11 -Wall -Wextra -Wpedantic -Wno-unused-parameter -Werror -fsyntax-only alone.c"
                      " $(pkg-config --cflags socketio-glib-1.0)", folder)


def test_links(installed):
    """The generator looks after links to what is in the library; this is for those from page to page."""
    pages = {path.name: path.read_text(encoding="utf-8") for path in (installed.share / "doc" / "socketio-glib-1.0").glob("*.html")}
    broken = []
    for name, text in pages.items():
        for target in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', text):
            if target.endswith(".html") and target not in pages:
                broken.append(f"{name} leads to {target}")
    expect(broken, [])


def test_version(installed, folder):
    (folder / "version.c").write_text("""#include <socketio-glib.h>
#if !SIO_CHECK_VERSION (0, 1, 0) || SIO_CHECK_VERSION (1000, 0, 0) \\
    || !SIO_CHECK_VERSION (SIO_MAJOR_VERSION, SIO_MINOR_VERSION, SIO_MICRO_VERSION) \\
    || SIO_CHECK_VERSION (SIO_MAJOR_VERSION, SIO_MINOR_VERSION, SIO_MICRO_VERSION + 1)
# error
#endif
int
main (void)
{
  g_print ("%d.%d.%d\\n", SIO_MAJOR_VERSION, SIO_MINOR_VERSION, SIO_MICRO_VERSION);
  return 0;
}
""")
    installed.run("cc version.c -o version $(pkg-config --cflags --libs socketio-glib-1.0)", folder)
    expect(installed.run(["./version"], folder), installed.run(["pkg-config", "--modversion", "socketio-glib-1.0"], folder))


def blocks(installed, port):
    """Yield (the line before it, the language, the text) for each block of the page, on a port that nobody else has."""
    page = (installed.source / PAGE).read_text(encoding="utf-8")
    for before, language, text in BLOCK.findall(page):
        yield before, language, text.replace(PORT, port)


def test_getting_started(installed, folder):
    """Do what the page says, from an empty folder, and compare what comes of it with what it says."""
    with installed.server(installed.source / "examples" / "server.js") as other:
        port = other.uri.rsplit(":", 1)[1]
    steps = list(blocks(installed, port))
    files = {re.search(r"`([\w.]+)`", before)[1]: text for before, _, text in steps if before.startswith("Save this as ")}
    commands = [text.strip() for _, language, text in steps if language == "sh"]
    outputs = [text.splitlines() for _, language, text in steps if language == "text"]
    expect(sorted(files), ["hello.c", "hello.py", "server.js"])
    expect([command.split()[0] for command in commands], ["pkg-config", "npm", "node", "cc", "./hello", "python3", "sio"])
    expect(len(outputs), 3)

    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    installed.run(commands[0], folder)
    with Program(installed, f"exec {commands[2]} {port}", folder) as server:
        server.expect(f"ready {port}")
        installed.run(commands[3], folder)
        with Program(installed, f"exec {commands[4]}", folder) as in_c:
            in_c.expect(*outputs[0])
            with Program(installed, "exec " + commands[5].replace("python3", PYTHON), folder) as in_python:
                in_python.expect(*outputs[1])
            in_c.expect(*outputs[2])
            said = installed.run(commands[6], folder)
            expect("I got 20 letters" in said, True, said)


def test_one_server(installed):
    """The server of the page is the one of the examples."""
    text = (installed.source / "examples" / "server.js").read_text(encoding="utf-8")
    files = {before: text for before, _, text in blocks(installed, PORT)}
    expect(text.split("\n\n", 1)[1], files["Save this as `server.js`:"])


def test_ten_lines(installed, folder):
    source = installed.source / "examples" / "ten-lines.c"
    installed.run(f"cc -Wall -Werror {source} -o ten-lines $(pkg-config --cflags --libs socketio-glib-1.0)", folder)
    with installed.server(installed.source / "examples" / "server.js") as server:
        with Program(installed, ["./ten-lines", server.uri], folder) as program:
            # Said again until somebody is there to hear it.
            heard = threading.Event()

            def speak():
                while not heard.wait(0.2):
                    subprocess.run(["sio", "emit", server.uri, "message", "Good evening"], env=installed.environment, check=True)

            speaker = threading.Thread(target=speak)
            speaker.start()
            try:
                program.expect("Good evening")
            finally:
                heard.set()
                speaker.join()


def converse(installed, folder, command):
    """Have the example talk with the one in C."""
    with installed.server(installed.source / "examples" / "server.js") as server:
        with Program(installed, ["./chat", "Cora", server.uri], folder) as cora:
            cora.expect("* connected")
            with Program(installed, [*command, "Nina", server.uri], folder) as nina:
                nina.expect("* connected")
                cora.expect("* Nina joined")
                nina.say("Grüße, “Cora”")
                cora.expect("Nina: Grüße, “Cora”")
                cora.say("And to you")
                nina.expect("Cora: And to you")
                # What is said last arrives too.
                nina.say("I have to go")
                said = nina.leave()
                expect("* disconnected: " in said and "not delivered" not in said, True, said)
            cora.expect("Nina: I have to go", "* Nina left")
            server.kill()
            expect(cora.process.stdout.readline().startswith("* disconnected: transport "), True)


def say(installed, folder, command):
    """Have the example say something to the one in C."""
    with installed.server(installed.source / "examples" / "server.js") as server:
        with Program(installed, ["./chat", "Cora", server.uri], folder) as cora:
            cora.expect("* connected")
            expect(installed.run([*command, "Nina", "Grüße, “Cora”", server.uri], folder), "")
            cora.expect("* Nina joined", "Nina: Grüße, “Cora”", "* Nina left")
        server.kill()
        failed = subprocess.run([*command, "Nina", "Hello", server.uri], cwd=folder, env=installed.environment, encoding="utf-8",
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=PATIENCE)
        expect(failed.returncode, 1, failed.stderr)
        expect(failed.stderr.strip() != "", True, failed.stderr)


def test_say_in_python(installed, folder):
    say(installed, folder, [PYTHON, str(installed.source / "examples" / "say.py")])


def test_say_in_gjs(installed, folder):
    say(installed, folder, ["gjs", "-m", str(installed.source / "examples" / "say.js")])


# What GObject's own word is for stays what it is for: a signal; and what sends says what is wrong.
WORDS_IN_PYTHON = """
import gi

gi.require_version("Sio", "1.0")
from gi.repository import GLib, Sio

manager = Sio.Manager.new("http://localhost:1")
socket = manager.get_socket("/")
heard = []
socket.connect("opened", heard.append)
socket.emit("opened")
assert heard == [socket], heard
try:
    socket.emit_event("connect", None, Sio.EmitFlags.DEFAULT)
except GLib.Error as error:
    assert error.matches(Sio.error_quark(), Sio.Error.RESERVED_EVENT), error
else:
    raise AssertionError("a reserved name was taken")
assert socket.emit_event("hello", Sio.Value.new_strv(["you"]), Sio.EmitFlags.NO_COMPRESSION)
assert socket.get_n_buffered() == 1
print("fine")
"""

WORDS_IN_GJS = """
import Sio from 'gi://Sio?version=1.0';

const manager = Sio.Manager.new('http://localhost:1');
const socket = manager.get_socket('/');
let heard = 0;
socket.connect('opened', () => heard++);
socket.emit('opened');
if (heard !== 1)
  throw new Error('the signal was not heard');
try {
  socket.emit_event('connect', null, Sio.EmitFlags.DEFAULT);
  throw new Error('a reserved name was taken');
} catch (error) {
  if (!error.matches?.(Sio.error_quark(), Sio.Error.RESERVED_EVENT))
    throw error;
}
socket.emit_event('hello', Sio.Value.new_strv(['you']), Sio.EmitFlags.NO_COMPRESSION);
if (socket.get_n_buffered() !== 1)
  throw new Error('nothing waits');
print('fine');
"""


def test_words_of_the_bindings(installed, folder):
    for name, text, command in (("words.py", WORDS_IN_PYTHON, [PYTHON]), ("words.js", WORDS_IN_GJS, ["gjs", "-m"])):
        (folder / name).write_text(text, encoding="utf-8")
        expect(installed.run([*command, name], folder).splitlines()[-1], "fine")


# Its provider fails at first, is asked again, and answers later than at once.
AUTH_IN_PYTHON = """
import sys

import gi

gi.require_version("Sio", "1.0")
from gi.repository import Gio, GLib, Sio

manager = Sio.Manager.new(sys.argv[1])
manager.set_reconnection_delay(10, 10)
socket = manager.get_socket("/admin")
loop = GLib.MainLoop()
asked = []


def answer(task):
    socket.give_auth(task, Sio.Value.new_from_text('{"token": "admin"}', -1))
    return GLib.SOURCE_REMOVE


def provide(socket, task):
    asked.append(task)
    if len(asked) == 1:
        task.return_error(GLib.Error.new_literal(Gio.io_error_quark(), "no keyring", Gio.IOErrorEnum.FAILED))
    else:
        GLib.idle_add(answer, task)


socket.set_auth_func(provide)
socket.connect("connect-error", lambda _socket, error, _data: print(error.message))
socket.connect("opened", lambda _socket: loop.quit())
socket.open()
loop.run()
assert len(asked) == 2, asked
print("fine")
"""

AUTH_IN_GJS = """
import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Sio from 'gi://Sio?version=1.0';

const manager = Sio.Manager.new(ARGV[0]);
manager.set_reconnection_delay(10, 10);
const socket = manager.get_socket('/admin');
const loop = new GLib.MainLoop(null, false);
let asked = 0;
socket.set_auth_func((self, task) => {
  asked++;
  if (asked === 1) {
    task.return_error(new GLib.Error(Gio.io_error_quark(), Gio.IOErrorEnum.FAILED, 'no keyring'));
    return;
  }
  GLib.idle_add(GLib.PRIORITY_DEFAULT, () => {
    self.give_auth(task, Sio.Value.new_from_text('{"token": "admin"}', -1));
    return GLib.SOURCE_REMOVE;
  });
});
socket.connect('connect-error', (_self, error) => print(error.message));
socket.connect('opened', () => loop.quit());
socket.open();
loop.run();
if (asked !== 2)
  throw new Error(`asked ${asked} times`);
print('fine');
"""


def test_credentials_of_the_bindings(installed, folder):
    with Server() as server:
        for name, text, command in (("auth.py", AUTH_IN_PYTHON, [PYTHON]), ("auth.js", AUTH_IN_GJS, ["gjs", "-m"])):
            (folder / name).write_text(text, encoding="utf-8")
            expect(installed.run([*command, name, server.uri], folder).splitlines()[-2:], ["no keyring", "fine"])


def build_chat(installed, folder):
    source = installed.source / "examples" / "chat.c"
    installed.run(f"cc -Wall -Werror {source} -o chat $(pkg-config --cflags --libs socketio-glib-1.0 gio-unix-2.0)", folder)


def test_chat_in_c(installed, folder):
    converse(installed, folder, ["./chat"])


def test_chat_in_python(installed, folder):
    converse(installed, folder, [PYTHON, str(installed.source / "examples" / "chat.py")])


def test_chat_in_gjs(installed, folder):
    converse(installed, folder, ["gjs", "-m", str(installed.source / "examples" / "chat.js")])


def test_chat_in_vala(installed, folder):
    shutil.copy(installed.source / "examples" / "chat.vala", folder / "chat-in-vala.vala")
    installed.run(["valac", f"--vapidir={installed.share / 'vala' / 'vapi'}", f"--girdir={installed.share / 'gir-1.0'}",
                   "--pkg=socketio-glib-1.0", "--pkg=gio-unix-2.0", "--pkg=posix", "chat-in-vala.vala"], folder)
    converse(installed, folder, ["./chat-in-vala"])


def main(source, build, prefix, libdir):
    with tempfile.TemporaryDirectory() as folder:
        root, work = pathlib.Path(folder) / "root", pathlib.Path(folder) / "work"
        work.mkdir()
        installed = Installed(source, build, prefix, libdir, root)
        build_chat(installed, work)
        run([
            ("all that belongs to it is installed", lambda: test_what_is_installed(installed)),
            ("each link leads somewhere", lambda: test_links(installed)),
            ("each header stands alone", lambda: test_each_header_stands_alone(installed, work)),
            ("the version is told", lambda: test_version(installed, work)),
            ("getting started, from an empty folder", lambda: test_getting_started(installed, work)),
            ("the server of the page is that of the examples", lambda: test_one_server(installed)),
            ("ten lines", lambda: test_ten_lines(installed, work)),
            ("a chat in C", lambda: test_chat_in_c(installed, work)),
            ("a chat in Python", lambda: test_chat_in_python(installed, work)),
            ("a chat in GJS", lambda: test_chat_in_gjs(installed, work)),
            ("a word in Python", lambda: test_say_in_python(installed, work)),
            ("a word in GJS", lambda: test_say_in_gjs(installed, work)),
            ("the words of the bindings", lambda: test_words_of_the_bindings(installed, work)),
            ("the credentials of the bindings", lambda: test_credentials_of_the_bindings(installed, work)),
            ("a chat in Vala", lambda: test_chat_in_vala(installed, work)),
        ])


main(*sys.argv[1:])
