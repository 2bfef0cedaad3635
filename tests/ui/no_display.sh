#!/bin/sh
# no_display.sh PROGRAM PLACE: exit status 1 and exactly one line on stderr.
unset DISPLAY WAYLAND_DISPLAY
words=$("$1" open "$2" 2>&1 >/dev/null)
status=$?
[ "$status" -eq 1 ] || { echo "exit status $status: $words"; exit 1; }
[ "$(printf '%s\n' "$words" | wc -l)" -eq 1 ] || { echo "more than one line: $words"; exit 1; }
case $words in *"no display"*) ;; *) echo "says: $words"; exit 1 ;; esac
