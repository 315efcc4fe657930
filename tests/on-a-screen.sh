#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# on-a-screen.sh COMMAND…: run it on a screen of its own. On one that programs share they take the selection and the keyboard from each
# other, and GTK 4.8 leaks what it asks about a selection that another program has made.
pipe=$(mktemp -u "${TMPDIR:-/tmp}/enfilade-screen-XXXXXX") && mkfifo "$pipe" || exit 1
Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp 3>"$pipe" >/dev/null 2>&1 &
screen=$!
trap 'kill "$screen"' EXIT
read -r number <"$pipe"
rm "$pipe"
if [ -z "$number" ]; then
  echo "Xvfb did not start" >&2
  exit 1
fi
# Without it GTK would find the display of whoever runs the tests.
GDK_BACKEND=x11
DISPLAY=:$number
export GDK_BACKEND DISPLAY
"$@"
