# What scripts/demo, scripts/test, the gates and .ci/run share. Sourced, never run.
# shellcheck shell=bash

tree=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
release="$tree/build/release"

say() { printf 'doorstep: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# Installs the packages of the purposes after `--`; what stands before it goes to install-packages.
# Run by sudo, goes on as the user who called it, so that no built file belongs to root.
# usage: install_then_go_on "$0" ARGS… -- PURPOSE…   with $assume_yes set to "--yes" or ""
install_then_go_on() {
  local -a call=() purposes=()
  while [ "$1" != "--" ]; do call+=("$1"); shift; done
  shift
  purposes=("$@")
  "$tree/scripts/install-packages" ${assume_yes:+"$assume_yes"} "${purposes[@]}" || exit 1
  if [ "$(id -u)" -eq 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
    say "going on as $SUDO_USER"
    exec sudo -H -u "$SUDO_USER" --preserve-env=DISPLAY,XAUTHORITY,WAYLAND_DISPLAY,CI \
      -- "${call[@]}"
  fi
}

# Compilers that fit: one a core, and 1.5 GB of memory each.
jobs() {
  local cores fit
  cores=$(nproc)
  fit=$(awk '/^MemAvailable/ { print int($2 / 1500000) }' /proc/meminfo 2>/dev/null || echo "$cores")
  [ "${fit:-0}" -ge 1 ] || fit=1
  [ "$fit" -lt "$cores" ] && echo "$fit" || echo "$cores"
}

# Runs a step: a terminal sees it work, elsewhere it is silent and only a failure is shown.
step() {
  local log="$release/step.log"
  mkdir -p "$release"
  if [ -t 2 ]; then
    "$@" >&2
  else
    "$@" >"$log" 2>&1 || { grep -v '^\[[0-9]*/[0-9]*\] [BL]' "$log" | tail -n 60 >&2; return 1; }
  fi
}

# Configures preset `release` with the given cache variables and builds the targets after `--`.
build_release() {
  local -a settings=()
  while [ "$1" != "--" ]; do settings+=("$1"); shift; done
  shift
  local targets=("$@") started=$SECONDS
  (cd -- "$tree" && step cmake --preset release "${settings[@]}") ||
    die "the build could not be configured"
  (cd -- "$tree" && step cmake --build "$release" -j "$(jobs)" --target "${targets[@]}") ||
    die "the build failed"
  say "built in $((SECONDS - started)) s: build/release"
}

# The files of a tree, NUL-separated and relative to it: git's where it is a checkout, else all but
# what is built.
files_of() {
  if [ -e "$1/.git" ] && command -v git >/dev/null; then
    git -C "$1" ls-files -z --cached --others --exclude-standard -- "${@:2}" |
      while IFS= read -r -d '' file; do [ -f "$1/$file" ] && printf '%s\0' "$file"; done
  else
    (cd -- "$1" && find "${@:2}" \( -name build -o -name out -o -name .git -o -name .cache \) -prune \
      -o -type f -print0 2>/dev/null) | sed -z 's|^\./||' || true
  fi
}
