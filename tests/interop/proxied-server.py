#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Two servers behind nginx, which speaks TLS with a certificate of an authority made just now.

Which of the two serves a client is drawn by lot and kept in a cookie, as in a cluster: without the cookie half of the requests
of a session go to the server that does not know it. Is given its port, says "ready PORT AUTHORITY" on standard output, and
ends with its standard input.
"""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent

CONFIGURATION = """
daemon off;
{user}
pid nginx.pid;
error_log errors.log;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  client_max_body_size 8m;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  split_clients $request_id $lot {{ 50% one; * two; }}
  map $cookie_node $node {{ one one; two two; default $lot; }}
  upstream one {{ server 127.0.0.1:{one}; }}
  upstream two {{ server 127.0.0.1:{two}; }}
  server {{
    listen 127.0.0.1:{port} ssl http2;
    server_name localhost;
    ssl_certificate server.pem;
    ssl_certificate_key server.key;
    location /socket.io/ {{
      proxy_pass http://$node;
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      add_header Set-Cookie "node=$node; Path=/; Secure; HttpOnly" always;
    }}
  }}
}}
"""


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_certificates():
    """authority.pem, and server.pem with its key, signed by it."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *key, "-days", "2", "-subj", "/CN=Test authority",
            "-keyout", "authority.key", "-out", "authority.pem")
    openssl("req", *key, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
    pathlib.Path("extensions").write_text("subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial",
            "-days", "2", "-extfile", "extensions", "-out", "server.pem")


def start_node():
    """A server that ends when this process does, and its port."""
    process = subprocess.Popen(["node", HERE / "server.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().split()[1]


def start_nginx():
    """nginx does not look at its standard input: a shell does that for it, and takes it along."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    command = f'{nginx} -p . -c nginx.conf -e errors.log & cat >/dev/null; kill $!; wait; rm -rf "$PWD"'
    return subprocess.Popen(["sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)


def wait_for(port):
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            continue


def main():
    os.chdir(tempfile.mkdtemp(prefix="sio-proxy-"))
    make_certificates()
    (first, one), (second, two), port = start_node(), start_node(), int(sys.argv[1])
    # Its workers would else be somebody who may not write here.
    user = "user root;" if os.getuid() == 0 else ""
    pathlib.Path("nginx.conf").write_text(CONFIGURATION.format(user=user, one=one, two=two, port=port))
    nginx = start_nginx()
    wait_for(port)
    print("ready", port, os.path.abspath("authority.pem"), flush=True)

    sys.stdin.read()
    for process in (nginx, first, second):
        process.stdin.close()
        process.wait()


main()
