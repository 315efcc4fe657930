#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# on-a-bus.sh COMMAND…: run it on a session bus of its own. What the bus and its services print goes to the standard error,
# so that the standard output has the command's lines only.
exec 3>&1 >&2
exec dbus-run-session -- sh -c 'exec "$@" >&3 3>&-' sh "$@"
