#!/bin/sh
# typed_by_hand.sh PROGRAM TOWN FOLDER: Chinese typed into the window from outside, through the X
# server as an input method hands it over: into the path of a file to import and the name of a file
# to save. Every text box of the window is the same field (src/desktop/text_field.cpp).
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
unset LANG LC_CTYPE
export LC_ALL=C  # the hardest case: no locale says that there is Chinese
export XDG_STATE_HOME="$3/state" XDG_CACHE_HOME="$3/cache" XDG_CONFIG_HOME="$3/config"
echo x > 学籍.csv
cat > fields.txt <<'EOF'
lang zh
wait
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
  # A character that no key has is put on a spare one for as long as the delay lasts.
  LC_ALL=C.UTF-8 xdotool type --delay 1500 "$2"
  xdotool key Return
}
type import.png 学籍
type save.png 方案
wait $window
ls ./*方案*.toml
