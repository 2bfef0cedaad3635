#!/bin/sh
# check_states.sh PROGRAM WIDTH HEIGHT PLACE LANGUAGE FOLDER SCENARIO [SCALE…]: every state of the window
# in one language, at 75, 100 and 200 % where no scale is said: each text against its frame, its
# neighbours and its ground.
set -eu
here=$(dirname "$0")
mkdir -p "$6"
script="$6/states.txt"
echo "lang $5" > "$script"
echo "paint off" >> "$script"
echo "wait" >> "$script"
program=$1 width=$2 height=$3 place=$4 folder=$6 scenario=$7
shift 7
[ $# -gt 0 ] || set -- 0.75 1 2
for scale in "$@"; do
  sed "s/SCALE/$scale/g" "$here/scripts/states.txt" >> "$script"
done
echo "quit" >> "$script"
exec "$here/run_window.sh" "$program" "$width" "$height" "$place" "$script" "$folder" "$scenario"
