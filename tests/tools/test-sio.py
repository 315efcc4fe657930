#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""sio, the program, against the official server: its modes, its output and its exit status.

test-sio.py SIO PARSER…: those it was built with
"""
import base64
import http.server
import json
import os
import pathlib
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from cases import PATIENCE, expect, run  # noqa: E402
from server import Server  # noqa: E402

SIO = sys.argv[1]
PARSERS = sys.argv[2:]
TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent / "src" / "tools"
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
BYTES = bytes(range(256))
MARKED = {"$binary": base64.b64encode(BYTES).decode()}


def sio(*words, given="", status=0, environment=None):
    """Run it to its end; return its output as objects, and what it complains of."""
    done = subprocess.run([SIO, *words], input=given, capture_output=True, encoding="utf-8", timeout=PATIENCE,
                          env={**os.environ, **(environment or {})})
    expect(done.returncode, status, f"{words} ended with: {done.stdout}{done.stderr}")
    return objects(done.stdout), done.stderr


class QuietHandler(http.server.BaseHTTPRequestHandler):
    """Of a server that has nothing."""

    def do_GET(self):  # noqa: N802
        self.send_error(404)

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def objects(text):
    found = [json.loads(line) for line in text.splitlines()]
    for each in found:
        expect(bool(TIME.match(each.pop("time"))), True, str(each))
    return found


def of_type(kind, found):
    return [each for each in found if each["type"] == kind]


def call(server, event, *arguments, options=(), environment=None):
    found, complaints = sio("call", *options, server.uri, event, *arguments, environment=environment)
    expect(complaints, "")
    expect(len(found), 1)
    return found[0]


@contextmanager
def listening(*words):
    """sio listen in the background: yields a function that reads up to an object of a type, and the process."""
    process = subprocess.Popen([SIO, "listen", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8")
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()

    def read_until(kind):
        for line in process.stdout:
            found = objects(line)[0]
            if found["type"] == kind:
                return found
        raise AssertionError(f"it ended without {kind}: {process.stderr.read()}")

    try:
        yield read_until, process
    finally:
        timer.cancel()
        process.kill()
        process.communicate()


def tell(process, **command):
    process.stdin.write(json.dumps(command) + "\n")
    process.stdin.flush()


def test_call(server):
    answer = call(server, "echo", "1", "--", "-2.5e3", "true", "null", '"42"', "plain text", '{"a": [1, {"b": null}]}', "")
    expect(answer, {"type": "answer", "direction": "in", "namespace": "/", "name": "echo",
                    "arguments": [1, -2500, True, None, "42", "plain text", {"a": [1, {"b": None}]}, ""]})


def test_binary(server):
    with tempfile.NamedTemporaryFile() as file:
        file.write(BYTES)
        file.flush()
        for transport in "polling", "websocket":
            answer = call(server, "echo", f"@{file.name}", json.dumps({"deep": [MARKED]}), options=["-t", transport])
            expect(answer["arguments"], [MARKED, {"deep": [MARKED]}])


def test_parser(server):
    expect(call(server, "echo", "1", options=["--parser", "json"])["arguments"], [1])
    if "msgpack" not in PARSERS:
        complaints = sio("--parser", "msgpack", "call", server.uri, "echo", status=2)[1]
        expect("built without msgpack" in complaints, True, complaints)
        return

    with Server(environment={**os.environ, "PARSER": "msgpack"}) as other:
        for transport in "polling", "websocket":
            answer = call(other, "echo", json.dumps({"deep": [MARKED]}), options=["--parser=msgpack", "-t", transport])
            expect(answer["arguments"], [{"deep": [MARKED]}])
        traced = objects(sio("--parser", "msgpack", "--trace", "-t", "websocket", "emit", other.uri, "note")[1])
        sent = [each["packet"] for each in traced if each["direction"] == "out"]
        expect(base64.b64decode(sent[0]["$binary"]), b"\x82\xa4type\x00\xa3nsp\xa1/")
        # The other one is not understood: the server ends the connection before a namespace is joined, and the wait ends with it.
        for words in ["emit", other.uri, "note"], ["call", other.uri, "echo"], ["--no-reconnect", "listen", other.uri]:
            found, complaints = sio("-T", "0", *words, status=5)
            expect((found, complaints), ([], "sio: The connection has ended\n"))


def test_emit(server):
    for transport in "polling", "websocket", "polling,websocket":
        found, complaints = sio("--transport", transport, "emit", server.uri, "note", json.dumps(transport))
        expect((found, complaints), ([], ""))
    expect(call(server, "getNotes")["arguments"][0][-3:], ["polling", "websocket", "polling,websocket"])


def test_pretty(server):
    done = subprocess.run([SIO, "--pretty", "call", server.uri, "echo", '{"a": 1}', "\u009b31m"], capture_output=True,
                          encoding="utf-8", timeout=PATIENCE)
    expect(done.returncode, 0)
    expect(bool(re.fullmatch(r'\d\d:\d\d:\d\d\.\d{3} ⇐ / echo \{"a":1\}, "\\u009b31m"\n', done.stdout)), True, done.stdout)


def test_auth(server):
    def auth_of(options=(), environment=None):
        return call(server, "getHandshake", options=options, environment=environment)["arguments"][0]["auth"]

    with tempfile.NamedTemporaryFile("w") as file:
        file.write('{"token": "from a file"}\n')
        file.flush()
        expect(auth_of(["--auth-file", file.name], {"SIO_AUTH": '{"a": 1}'}), {"token": "from a file"})
    expect(auth_of(["--auth", '{"x": [1]}'], {"SIO_TOKEN": "t"}), {"x": [1]})
    expect(auth_of((), {"SIO_AUTH": '{"a": 1}', "SIO_TOKEN": "t"}), {"a": 1})
    expect(auth_of((), {"SIO_TOKEN": "a token"}), {"token": "a token"})
    expect(auth_of(), {})


def test_handshake(server):
    seen = call(server, "getHandshake", options=["--query", "color=dark blue", "--header", "X-Test:  yes "])["arguments"][0]
    expect((seen["query"]["color"], seen["header"]), ("dark blue", "yes"))
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("X-Other: 1\nX-Test: from a file\n")
        file.flush()
        expect(call(server, "getHandshake", options=["-H", f"@{file.name}"])["arguments"][0]["header"], "from a file")
    expect(call(server, "getTransport", options=["-t", "websocket"])["arguments"], ["websocket"])


def test_namespace(server):
    secret = {"SIO_TOKEN": "admin"}
    expect(call(server, "echo", options=["--namespace", "chat"])["namespace"], "/chat")
    answer, _ = sio("call", f"{server.uri}/admin?x=1", "getHandshake", environment=secret)
    expect((answer[0]["namespace"], answer[0]["arguments"][0]["query"]["x"]), ("/admin", "1"))
    # As it stands in the address, as with the official client: an escaped comma is none.
    for path in "/a%20b", "/a%2Cb%3F", "/%41":
        found, _ = sio("listen", server.uri + path, status=3)
        expect((found[0]["namespace"], found[0]["message"]), (path, "Invalid namespace"))


def test_refused(server):
    for words in ("call", server.uri, "-n", "/admin", "echo"), ("emit", server.uri, "-n", "/admin", "echo"):
        expect(sio(*words, status=3), ([], "sio: Admins only\n"))
    found, _ = sio("listen", server.uri, "-n", "/admin", status=3)
    expect(found[0], {"type": "connect_error", "namespace": "/admin", "code": "refused", "message": "Admins only",
                      "data": {"code": 403, "needs": ["admin"]}})


def test_timeout(server):
    for words in ("call", server.uri, "silence"), ("call", server.uri, "-n", "/silent", "echo"):
        found, complaints = sio("--timeout", "0.4", *words, status=4)
        expect((found, complaints != ""), ([], True))


def test_disconnected(server):
    for event in "kick", "kickAll", "cut":
        expect(sio("call", server.uri, event, status=5)[0], [])


def test_wrong_address(server):
    for mode in ["call"], ["emit"], ["--no-reconnect", "listen"]:
        words = [*mode, "http://127.0.0.1:1", *(["x"] if mode[-1] != "listen" else [])]
        _, complaints = sio(*words, status=1)
        expect(complaints, "sio: Nothing answers at 127.0.0.1:1\n")


def test_other_server(server):
    plain = http.server.ThreadingHTTPServer(("127.0.0.1", 0), QuietHandler)
    threading.Thread(target=plain.serve_forever, daemon=True).start()
    address = f"127.0.0.1:{plain.server_port}"
    for options, path in ([], "/socket.io/"), (["--path", "/elsewhere/"], "/elsewhere/"):
        _, complaints = sio("call", *options, f"http://{address}", "x", status=1)
        expect(complaints, f"sio: There is no Socket.IO server at {address}{path}\n")
    plain.shutdown()
    plain.server_close()


def test_usage(server):
    for words in (
        [], ["listen"], ["dance", server.uri], ["listen", server.uri, "more"], ["emit", server.uri],
        ["call", server.uri, "x", "{bad"], ["call", server.uri, "x", '"open'], ["call", server.uri, "x", "@/no/such/file"],
        ["call", server.uri, "x", '{"$binary": "%"}'], ["call", server.uri, "disconnect"], ["call", "nowhere", "x"],
        ["call", "ftp://localhost", "x"], ["--auth", "[1]", "call", server.uri, "x"], ["--auth", "{", "call", server.uri, "x"],
        ["--auth-file", "/no/such/file", "call", server.uri, "x"],
        ["--auth", "{}", "--auth-file", "/dev/null", "call", server.uri, "x"], ["-H", "no colon", "call", server.uri, "x"],
        ["-H", "A: b\nC: d", "call", server.uri, "x"], ["-q", "novalue", "call", server.uri, "x"],
        ["-p", "relative", "call", server.uri, "x"], ["--parser", "xml", "call", server.uri, "x"], ["-t", "pigeon", "call", server.uri, "x"],
        ["-T", "-1", "call", server.uri, "x"], ["-T", "nan", "call", server.uri, "x"], ["-c", "-1", "listen", server.uri],
        ["-n", "/a,b", "listen", server.uri], ["-n", "/a", "-n", "/b", "emit", server.uri, "x"],
        ["--ca-file", "/no/such/file", "listen", server.uri], ["--cert", "/no/such/file", "listen", server.uri],
        ["--key", "/no/such/file", "listen", server.uri], ["--unheard-of"],
    ):
        found, complaints = sio(*words, status=2)
        expect((found, complaints.startswith("sio: ")), ([], True), f"{words}: {complaints}")


def test_help_and_version(server):
    helped = subprocess.run([SIO, "--help"], capture_output=True, encoding="utf-8", timeout=PATIENCE)
    expect((helped.returncode, helped.stderr), (0, ""))
    expect("listen URL" in helped.stdout, True)
    version = subprocess.run([SIO, "--version"], capture_output=True, encoding="utf-8", timeout=PATIENCE)
    expect(bool(re.fullmatch(r"sio \d+\.\d+\.\d+\n", version.stdout)), True, version.stdout)


def test_options_are_told(server):
    """What --help names is in the manual and in the completions."""
    helped = subprocess.run([SIO, "--help"], capture_output=True, encoding="utf-8", timeout=PATIENCE).stdout
    options = set(re.findall(r"--[a-z][a-z-]+", helped)) - {"--help"}
    expect(len(options) > 14, True, helped)
    manual = (TOOLS / "sio.1").read_text(encoding="utf-8").replace("\\-", "-")
    for name in "completions/sio.bash", "completions/sio.zsh":
        text = (TOOLS / name).read_text(encoding="utf-8")
        expect({option for option in options if option not in text}, set(), name)
    expect({option for option in options if option not in manual}, set(), "sio.1")


def complete(*words):
    """What bash offers in the place of the last word."""
    script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sio; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", script, "bash", str(TOOLS / "completions" / "sio.bash"), "sio", *words],
                          capture_output=True, encoding="utf-8", check=True)
    expect(done.stderr, "")
    return done.stdout.split()


def test_completion(server):
    expect(complete(""), ["listen", "emit", "call"])
    expect(complete("--pretty", "l"), ["listen"])
    expect(complete("--no"), ["--no-reconnect"])
    expect(complete("--transport", "web"), ["websocket", "websocket,polling"])
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "picture.png"
        path.touch()
        expect(complete("emit", "http://localhost", "upload", f"@{folder}/pic"), [f"@{path}"])
        expect(complete("--ca-file", f"{folder}/pic"), [str(path)])


def test_certificates(server):
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = f"{folder}/certificate.pem", f"{folder}/key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        plain = http.server.ThreadingHTTPServer(("127.0.0.1", 0), QuietHandler)
        plain.socket = context.wrap_socket(plain.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=plain.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{plain.server_port}"
        for transport in "polling", "websocket":
            words = ["-t", transport, "call", f"https://{address}", "x"]
            _, complaints = sio(*words, status=1)
            expect(complaints.startswith(f"sio: The certificate of {address} was not accepted"), True, complaints)
            for options in ["--insecure"], ["--ca-file", certificate]:
                _, complaints = sio(*options, *words, status=1)
                expect(complaints, f"sio: There is no Socket.IO server at {address}/socket.io/\n")
        plain.shutdown()
        plain.server_close()

        # One that asks for a certificate, and takes none but this.
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(certificate)
        # With TLS 1.3 a client learns only later that it was turned away.
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        strict = http.server.ThreadingHTTPServer(("127.0.0.1", 0), QuietHandler)
        strict.socket = context.wrap_socket(strict.socket, server_side=True, do_handshake_on_connect=False)
        strict.handle_error = lambda *_: None
        threading.Thread(target=strict.serve_forever, daemon=True).start()
        words = ["--ca-file", certificate, "call", f"https://127.0.0.1:{strict.server_port}", "x"]
        expect("There is no Socket.IO server at" in sio(*words, status=1)[1], False)
        found = sio("--cert", certificate, "--key", key, *words, status=1)[1]
        expect("There is no Socket.IO server at" in found, True, found)
        strict.shutdown()
        strict.server_close()


def test_commands(server):
    given = "\n".join([
        json.dumps({"emit": "note", "arguments": ["by command"]}),
        "",
        "no JSON", "[]", "{}", '{"emit": 1}', '{"emit": "x", "arguments": 1}', '{"emit": "connect"}',
        '{"emit": "x", "namespace": "/nowhere"}', '{"acknowledge": 9}', '{"acknowledge": "x"}', '{"open": "/a,b"}',
        '{"close": "/nowhere"}', '{"call": "x", "timeout": 0}', '{"emit": "x", "arguments": [{"$binary": "!"}]}',
        json.dumps({"call": "silence", "timeout": 0.2, "id": {"mine": 2}}),
        json.dumps({"call": "echo", "arguments": [MARKED], "id": 1}),
    ])
    found, complaints = sio("listen", "--until-eof", server.uri, given=given)
    expect(complaints, "")
    expect(of_type("answer", found), [{"type": "answer", "direction": "in", "namespace": "/", "name": "echo", "id": 1,
                                       "arguments": [MARKED]}])
    expect([each["name"] for each in of_type("event", found)], ["note", "silence", "echo"])
    errors = of_type("error", found)
    expect((len(errors), errors[-1]["id"], errors[-1]["code"]), (14, {"mine": 2}, "timeout"))
    expect(call(server, "getNotes")["arguments"][0][-1], "by command")


def test_events_and_acknowledgements(server):
    with listening(server.uri) as (read_until, process):
        expect(read_until("opened")["namespace"], "/")
        tell(process, emit="askMe", arguments=["how many?", MARKED])
        expect(read_until("event")["direction"], "out")
        question = read_until("event")
        expect((question["direction"], question["name"], question["arguments"][:2]), ("in", "question", ["how many?", MARKED]))
        tell(process, acknowledge=question["acknowledge"], arguments=[3, MARKED])
        answered = read_until("event")
        expect((answered["name"], answered["arguments"][:2]), ("answered", [3, MARKED]))
        tell(process, acknowledge=question["acknowledge"])
        expect(read_until("error")["code"], "invalid-argument")


def test_namespaces(server):
    with listening("-n", "/chat", "-n", "/notifications", server.uri) as (read_until, process):
        expect({read_until("opened")["namespace"] for _ in range(2)}, {"/chat", "/notifications"})
        tell(process, emit="bounce", arguments=["x"], namespace="/notifications")
        expect(read_until("event")["direction"], "out")
        event = read_until("event")
        expect((event["namespace"], event["name"], event["arguments"][0]), ("/notifications", "bounced", "x"))
        tell(process, close="/chat")
        expect(read_until("closed"), {"type": "closed", "namespace": "/chat", "reason": "io client disconnect"})
        tell(process, close="/notifications")
        read_until("closed")
        tell(process, open="/chat")
        expect(read_until("opened")["namespace"], "/chat")


def test_count(server):
    given = json.dumps({"emit": "burst", "arguments": [5]})
    found, _ = sio("listen", "--count", "3", server.uri, given=given)
    arrived = [each for each in of_type("event", found) if each["direction"] == "in"]
    expect([each["arguments"][0] for each in arrived], [0, 1, 2])


def test_server_closes(server):
    found, complaints = sio("listen", server.uri, given=json.dumps({"emit": "kick"}), status=5)
    expect((of_type("closed", found)[0]["reason"], complaints), ("io server disconnect", "sio: The connection has ended\n"))
    found, _ = sio("--no-reconnect", "listen", server.uri, given=json.dumps({"emit": "cut"}), status=5)
    expect(of_type("closed", found)[0]["reason"], "transport close")


def test_reconnection(server):
    with Server() as own:
        with listening(own.uri) as (read_until, _):
            read_until("opened")
            own.kill()
            expect(read_until("closed")["reason"].startswith("transport"), True)
            read_until("reconnecting")
            with Server(port=own.uri.rsplit(":", 1)[1]):
                expect(read_until("opened")["namespace"], "/")


def test_interrupted(server):
    for number in signal.SIGINT, signal.SIGTERM:
        with listening(server.uri) as (read_until, process):
            read_until("opened")
            process.send_signal(number)
            expect(process.wait(PATIENCE), 0)
            expect(process.stderr.read(), "")

    process = subprocess.Popen([SIO, "--trace", "call", server.uri, "silence"], stderr=subprocess.PIPE, encoding="utf-8")
    for line in process.stderr:
        if "silence" in line:
            break
    process.send_signal(signal.SIGINT)
    expect(process.wait(PATIENCE), 130)
    process.stderr.close()


def test_trace(server):
    found, traced = sio("--trace", "-t", "websocket", "call", server.uri, "echo", json.dumps(MARKED))
    packets = objects(traced)
    expect(len(found), 1)
    expect({each["transport"] for each in packets}, {"websocket"})
    expect([each["direction"] for each in packets], ["in", "out", "in", "out", "out", "in", "in"])
    expect([each["packet"] for each in packets if each["direction"] == "out"],
           ["40", '451-0["echo",{"_placeholder":true,"num":0}]', MARKED])
    expect(packets[-1]["packet"], MARKED)


def test_broken_pipe(server):
    process = subprocess.Popen([SIO, "listen", server.uri], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, encoding="utf-8")
    process.stdout.readline()
    process.stdout.close()
    tell(process, emit="burst", arguments=[3])
    process.wait(PATIENCE)
    process.stdin.close()


def test_full_disk(server):
    for words in (["call", server.uri, "echo"], ["--pretty", "call", server.uri, "echo"], ["listen", server.uri],
                  ["listen", server.uri + "/nowhere"]):
        with open("/dev/full", "w", encoding="utf-8") as full:
            process = subprocess.Popen([SIO, *words], stdin=subprocess.PIPE, stdout=full, stderr=subprocess.PIPE,
                                       encoding="utf-8", env={**os.environ, "LC_ALL": "C"})
            # Its input stays open: it is not that which ends it.
            process.wait(PATIENCE)
            _, complaints = process.communicate()
        expect((process.returncode, complaints), (1, "sio: The output cannot be written: No space left on device\n"), str(words))


def main():
    with Server() as server:
        names = [name for name in globals() if name.startswith("test_")]
        run([(name[5:].replace("_", " "), lambda name=name: globals()[name](server)) for name in names])


main()
