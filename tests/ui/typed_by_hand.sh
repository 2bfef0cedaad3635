#!/bin/sh
# typed_by_hand.sh PROGRAM TOWN FOLDER: Chinese typed into the window from outside, through the X
# server as an input method hands it over: into the path of a file to import. Every text box of the
# window is the same field (src/desktop/text_field.cpp).
set -eu
on_display=$(realpath "$(dirname "$0")/on_display")
for tool in Xvfb xdotool; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed: skipped"; exit 77; }
done
if [ "${4:-}" != inside ]; then
  rm -rf "$3"
  mkdir -p "$3"
  exec "$on_display" 1280 720 "$0" "$1" "$2" "$3" inside
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
quit
EOF
"$1" open "$2" --width 1280 --height 720 --script fields.txt &
window=$!
# Once the picture of the open field is there, what is typed lands in it. A character that no key
# has is put on a spare one for as long as xdotool's delay lasts: a busy window may come too late,
# so it is typed anew, over what is there, until it was taken.
hold() { # KEY…: for longer than a frame of a busy window takes, shorter than what repeats it
  xdotool keydown --delay 50 "$@"
  sleep 0.45
  xdotool keyup "$@"
}
type() { # PICTURE CHARACTER TAKEN: a file that is there then
  tries=0
  until [ -s "$1" ]; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] && kill -0 $window 2>/dev/null || { echo "no $1"; exit 1; }
    sleep 0.1
  done
  xdotool mousemove 640 300
  for try in 1 2 3 4 5 6 7 8; do
    hold ctrl a
    LC_ALL=C.UTF-8 xdotool type --delay 900 "$2"
    sleep 1
    hold Return
    sleep 3
    ! ls ./$3 >/dev/null 2>&1 || return 0
  done
  echo "\"$2\" was not taken"
  exit 1
}
type import.png 籍 ticked.png
wait $window
