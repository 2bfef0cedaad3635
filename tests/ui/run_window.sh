#!/bin/sh
# Runs the program's window on its own display: run_window.sh PROGRAM WIDTH HEIGHT PLACE SCRIPT FOLDER [SCENARIO]
set -eu
command -v Xvfb >/dev/null || { echo "Xvfb is not installed: skipped"; exit 77; }
on_display=$(realpath "$(dirname "$0")/on_display")
mkdir -p "$6"
rm -f "$6"/*.toml  # plans that an earlier run saved
cd "$6"
exec "$on_display" "$2" "$3" "$1" open "$4" ${7:+"$7"} --width "$2" --height "$3" --script "$5"
