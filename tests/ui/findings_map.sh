#!/bin/sh
# findings_map.sh PROGRAM TOWN SCRIPTS FOLDER: a town with faults at known places, its findings as
# numbers on the map of the window, small and large.
set -eu
command -v Xvfb >/dev/null || { echo "Xvfb is not installed: skipped"; exit 77; }
on_display=$(realpath "$(dirname "$0")/on_display")
program=$1 town=$2 scripts=$3
rm -rf "$4"
mkdir -p "$4"
cd "$4"
cp -r "$town" faulty
chmod -R u+w faulty
# h10 out of its catchment, p2 in the other one, its seats no classes.
sed -i 's/^h10,[0-9]*,[0-9]*/h10,501400,4140650/' faulty/homes.csv
sed -i 's/,500800,4140200,s2/,500350,4140200,s2/' faulty/campuses.csv
for size in "1280 720" "2560 1440"; do
  set -- $size
  mkdir -p "at_$1"
  (cd "at_$1" && "$on_display" "$1" "$2" "$program" open ../faulty \
    --width "$1" --height "$2" --script "$scripts/findings_map.txt")
done
