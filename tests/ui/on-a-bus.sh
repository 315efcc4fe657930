#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# on-a-bus.sh COMMAND…: run it on a session bus of its own, and with a folder of its own for what runs beside it: the accessibility
# buses of two runs at once would else take each other's place. What the bus and its services print goes to the standard error, so
# that the standard output has the command's lines only. Each app has a screen of its own; on one that all share, the runs would
# write the address of their accessibility bus in the same place.
XDG_RUNTIME_DIR=$(mktemp -d "${TMPDIR:-/tmp}/enfilade-bus-XXXXXX") || exit 1
export XDG_RUNTIME_DIR
unset DISPLAY WAYLAND_DISPLAY
trap 'rm -rf "$XDG_RUNTIME_DIR"' EXIT
exec 3>&1 >&2
dbus-run-session -- sh -c 'exec "$@" >&3 3>&-' sh "$@" &
session=$!
trap 'kill "$session"' INT TERM
wait "$session"
