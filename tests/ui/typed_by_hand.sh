#!/bin/sh
# typed_by_hand.sh PROGRAM TOWN FOLDER: Chinese typed into the window from outside, through the X
# server as an input method hands it over: into the search line, the path of a file to import, and
# the name of a file to save.
set -eu
for tool in xvfb-run xdotool; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed: skipped"; exit 77; }
done
if [ "${4:-}" != inside ]; then
  rm -rf "$3"
  mkdir -p "$3"
  exec xvfb-run -a -s "-screen 0 1280x720x24" "$0" "$1" "$2" "$3" inside
fi
cd "$3"
export XDG_STATE_HOME="$3/state" XDG_CACHE_HOME="$3/cache" XDG_CONFIG_HOME="$3/config"
mkdir 学籍
echo x > 学籍/乡镇.csv
cat > fields.txt <<'EOF'
lang zh
wait
command search
frames 5
shot search.png
await selected 1
command import
frames 5
shot import.png
await ticked 1
shot ticked.png
key Esc
command save_as
frames 5
shot save.png
await asking 0
quit
EOF
"$1" open "$2" --width 1280 --height 720 --script fields.txt &
window=$!
# Once the picture of the open field is there, what is typed lands in it.
type() { # PICTURE TEXT
  tries=0
  until [ -s "$1" ]; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] && kill -0 $window 2>/dev/null || { echo "no $1"; exit 1; }
    sleep 0.1
  done
  xdotool mousemove 640 300
  xdotool type --delay 60 "$2"
  xdotool key Return
}
type search.png 第二小学
type import.png 学籍/乡镇
type save.png 方案甲
wait $window
ls ./*方案甲*.toml
