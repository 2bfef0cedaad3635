#!/bin/sh
# data_side.sh PROGRAM TOWN SCRIPTS FOLDER: files dropped on the window, a table pasted, a place
# mailed, a plan on new data, another plan as A, in the window itself.
set -eu
command -v Xvfb >/dev/null || { echo "Xvfb is not installed: skipped"; exit 77; }
on_display=$(realpath "$(dirname "$0")/on_display")
program=$1 town=$2 scripts=$3
rm -rf "$4"
mkdir -p "$4/bureau"
cd "$4"
export XDG_STATE_HOME="$4/state" XDG_CACHE_HOME="$4/cache"
window() { "$on_display" 1280 720 "$program" open "$@" --width 1280 --height 720; }
printf '学校代码,学校名称,经度,纬度,学位数\n1,第一小学,117.97,37.38,1080\n2,𬭎里小学,117.99,37.38,540\n' > bureau/学校.csv
printf '编码,小区名称,经度,纬度,6岁,7岁\nh1,甲小区,117.97,37.381,10,12\nh2,乙小区,117.99,37.381,30,28\n' > bureau/小区.csv
printf '140\t22\r\n160\tmany\r\n' > cells.tsv

echo "-- files dropped become a place with its findings"
window "$town" --script "$scripts/data_import.txt"
"$program" check 𬭎区 > check.txt
grep -q 𬭎里小学 𬭎区/*.csv

echo "-- a range pasted, costed, packed and opened again"
window "$town" --script "$scripts/data_table.txt"
"$program" check town.doorstep > /dev/null
"$program" run town.doorstep -o out > /dev/null

echo "-- the same plan on the data of another year"
cp -r "$town" next
chmod -R u+w next
sed -i 's/base_year = 2024/base_year = 2025/' next/place.toml
for file in campuses.csv catchments.geojson feeders.csv place.toml quality.csv allocations.csv entrants.csv; do
  sed -i 's/\bp2\b/p2n/g' "next/$file"
done
"$program" check next > next.txt || { cat next.txt; exit 1; }
cat > plan_2026.toml <<'EOF'
format = 1
code = "later"
place = "town"
years = 2
budget = 1000000

[[edit]]
do = "set_seats"
campus = "p1"
stage = "primary"
seats = 170
year = 2026

[[edit]]
do = "set_seats"
campus = "p2"
stage = "primary"
seats = 160
year = 2026
EOF
window "$town" plan_2026.toml --script "$scripts/data_carry.txt"

echo "-- another plan opened as A"
mkdir plans
cp plan_2026.toml plans/
sed 's/later/other/; s/170/400/' plan_2026.toml > plans/other.toml
cd plans
window "$town" plan_2026.toml --script "$scripts/open_as_a.txt"
