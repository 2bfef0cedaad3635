#!/bin/sh
# Runs the program's window on its own display: run_window.sh PROGRAM WIDTH HEIGHT PLACE SCRIPT FOLDER [SCENARIO]
set -eu
command -v xvfb-run >/dev/null || { echo "xvfb-run is not installed: skipped"; exit 77; }
mkdir -p "$6"
rm -f "$6"/*.toml  # plans that an earlier run saved
cd "$6"
exec xvfb-run -a -s "-screen 0 $2x$3x24" "$1" open "$4" ${7:+"$7"} --width "$2" --height "$3" --script "$5"
