#!/bin/sh
# check_states.sh PROGRAM WIDTH HEIGHT PLACE LANGUAGE FOLDER SCENARIO: every state of the window in one
# language at 75, 100 and 200 %, each text against its frame, its neighbours and its ground.
set -eu
here=$(dirname "$0")
mkdir -p "$6"
script="$6/states.txt"
echo "lang $5" > "$script"
echo "wait" >> "$script"
for scale in 0.75 1 2; do
  sed "s/SCALE/$scale/g" "$here/scripts/states.txt" >> "$script"
done
echo "quit" >> "$script"
exec "$here/run_window.sh" "$1" "$2" "$3" "$4" "$script" "$6" "$7"
