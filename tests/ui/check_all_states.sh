#!/bin/sh
# check_all_states.sh PROGRAM FOLDER: check_states.sh for both languages and sizes at 75, 100 and
# 200 %, with the pictures to look at. Exit status 1 where one of them has a complaint.
set -u
here=$(cd "$(dirname "$0")" && pwd)
failed=0
for language in zh en; do
  for size in "1280 720" "2560 1440"; do
    set -- "$1" "$2" $size
    echo "-- $language $3 by $4"
    "$here/check_states.sh" "$1" "$3" "$4" "$here/../cli/town" "$language" "$2/${language}_$3" \
      "$here/scripts/scales_plan.toml" || failed=1
  done
done
exit $failed
