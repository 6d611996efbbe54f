#!/bin/sh
# Begins the studio in its container. What the environment says of the house is written down once; then one command runs:
#   serve (without a word), open --for 3h, or any other: container doctor
# PORT           where to listen                       PERFORMERS     films made at the same time
# PROXIES        addresses whose headers are believed  UNCAGED_HOSTS  the names that people type
# HOUSE_NAME, HOUSE_RULES, HOUSE_CONTACT               what the house says, until somebody writes it otherwise; without a contact
#                                                      the door stays shut
# SHOW_KEY=1     print the owner's first key, which otherwise lies in the volume as owner.key
set -eu
umask 077

: "${UNCAGED_HOME:=/data}" "${PORT:=8484}" "${PERFORMERS:=1}"
export UNCAGED_HOME
export UNCAGED_HOSTS="${UNCAGED_HOSTS:-${SPACE_HOST:-}}"

if [ ! -w "$UNCAGED_HOME" ]; then
  echo "$UNCAGED_HOME cannot be written to by user $(id -u): give it the volume, or another with UNCAGED_HOME." >&2
  exit 1
fi

if [ -n "${PROXIES:-}" ] && [ ! -e "$UNCAGED_HOME/policy.toml" ]; then
  printf '[door]\nproxies = [%s]\n' "$(echo "$PROXIES" | tr ', ' '\n\n' | sed '/^$/d; s/.*/"&"/' | paste -sd, -)" \
    > "$UNCAGED_HOME/policy.toml"
fi

if ! uncaged key list --json | grep -q '"manage"'; then
  uncaged key add "the owner's" --may read --may make --may manage > "$UNCAGED_HOME/owner.key" 2> /dev/null
  echo "The owner's key lies in $UNCAGED_HOME/owner.key: take it, show it at /enter, and delete the file." >&2
  if [ "${SHOW_KEY:-}" = 1 ]; then cat "$UNCAGED_HOME/owner.key"; fi
fi

said=$(uncaged house show --json)
write() {
  if [ -n "$2" ] && ! echo "$said" | grep -q "\"$1\": {"; then
    if [ "$1" = rules ]; then printf '%s\n' "$2" | uncaged house set rules -; else uncaged house set "$1" "$2"; fi
  fi
}
write name "${HOUSE_NAME:-}"
write rules "${HOUSE_RULES:-}"
write contact "${HOUSE_CONTACT:-}"

case "${1:-serve}" in
  serve) exec uncaged serve --host 0.0.0.0 --port "$PORT" --performers "$PERFORMERS" ;;
  open) shift; exec uncaged open --host 0.0.0.0 --port "$PORT" --performers "$PERFORMERS" "$@" ;;
  *) exec uncaged "$@" ;;
esac
