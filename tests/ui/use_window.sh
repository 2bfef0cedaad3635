#!/bin/sh
# use_window.sh PROGRAM TOWN SCRIPTS FOLDER: the window used for real, saved, opened again, killed.
set -eu
command -v Xvfb >/dev/null || { echo "Xvfb is not installed: skipped"; exit 77; }
on_display=$(realpath "$(dirname "$0")/on_display")
program=$1 town=$2 scripts=$3
rm -rf "$4"
mkdir -p "$4/state"
cd "$4"
export XDG_STATE_HOME="$4/state"
window() { "$on_display" 1280 720 "$program" open "$@" --width 1280 --height 720; }

echo "-- a first half hour, saved"
window "$town" --script "$scripts/use_first.txt"
grep -q 'do = "open_campus"' plan.toml
grep -q 'do = "join_group"' plan.toml
grep -q 'do = "redraw_catchments"' plan.toml

echo "-- opened again: all of it is there"
window "$town" plan.toml --script "$scripts/use_again.txt"

echo "-- killed with unsaved work, and started again: nothing is lost"
cp plan.toml before.toml
"$on_display" 1280 720 sh -c 'echo $$ > pid; exec "$@"' sh \
  "$program" open "$town" plan.toml --width 1280 --height 720 --keep \
  --script "$scripts/use_killed.txt" > killed.log 2>&1 &
runner=$!
for i in $(seq 600); do
  [ -f ready.png ] && break
  sleep 0.2
done
[ -f ready.png ] || { cat killed.log; echo "the window never got there"; exit 1; }
kill -9 "$(cat pid)"
wait $runner || true
cmp plan.toml before.toml || { echo "the saved plan changed"; exit 1; }
[ -n "$(ls state/doorstep/autosave)" ] || { echo "nothing was kept"; exit 1; }
window "$town" --keep --script "$scripts/use_recovered.txt"
[ -z "$(ls state/doorstep/autosave)" ] || { echo "the kept copy outlived its save"; exit 1; }
[ "$(grep -c '^\[\[edit\]\]' plan.toml)" -gt "$(grep -c '^\[\[edit\]\]' before.toml)" ]

echo "-- killed in the middle of saves: the file is always a whole plan"
for round in 1 2 3 4 5; do
  rm -f saving.png
  "$on_display" 1280 720 sh -c 'echo $$ > pid; exec "$@"' sh \
    "$program" open "$town" plan.toml --width 1280 --height 720 --keep \
    --script "$scripts/use_saves.txt" > saves.log 2>&1 &
  runner=$!
  for i in $(seq 600); do
    [ -f saving.png ] && break
    sleep 0.1
  done
  sleep "0.$((round * 3 % 10))"
  kill -9 "$(cat pid)"
  wait $runner || true
  "$program" run "$town" plan.toml -o "out$round" > run.log 2>&1 || { cat run.log; exit 1; }
done
rm -f ./*.partial
