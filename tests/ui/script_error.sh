#!/bin/sh
# script_error.sh PROGRAM TOWN FOLDER: a line that cannot be read or done ends the window with exit
# status 1 and one line naming it, also where another place was opened before it.
set -eu
command -v Xvfb >/dev/null || { echo "Xvfb is not installed: skipped"; exit 77; }
on_display=$(realpath "$(dirname "$0")/on_display")
program=$1 town=$2
rm -rf "$3"
mkdir -p "$3"
cd "$3"
fails() {
  status=0
  timeout 60 "$on_display" 1280 720 "$program" open "$town" --script script.txt \
    > out.txt 2>&1 || status=$?
  cat out.txt
  [ "$status" -eq 1 ] || { echo "exit status $status, not 1"; exit 1; }
  [ "$(wc -l < out.txt)" -eq 1 ] || { echo "not one line"; exit 1; }
  grep -q "$1" out.txt || { echo "the line does not say '$1'"; exit 1; }
}
printf 'lang en\nfly away\n' > script.txt
fails "script.txt line 2: unknown command 'fly'"
printf 'lang en\nwait\nat click nowhere\nquit\n' > script.txt
fails "script line 3: no campus or home 'nowhere'"
cp -r "$town" other
printf 'lang en\nwait\ndrop other\nwait\nselect nowhere\nquit\n' > script.txt
fails "script line 5: no campus 'nowhere'"
