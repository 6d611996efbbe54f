#!/bin/sh
# The system's packages, and the studio's own user: `build` for the tree that builds, `run` for the one that runs.
set -eu

export DEBIAN_FRONTEND=noninteractive
case "$1" in
  build) packages="python3 python3-venv ca-certificates" ;;
  run) packages="python3 ca-certificates libfontconfig1 libgl1 libegl1" ;;
  *) echo "packages.sh build | run" >&2; exit 2 ;;
esac

apt-get update -qq
# shellcheck disable=SC2086 - several words
apt-get install -y -qq --no-install-recommends $packages
rm -rf /var/lib/apt/lists/*

if [ "$1" = run ]; then
  groupadd --gid 1000 uncaged
  useradd --uid 1000 --gid 1000 --home-dir /data --no-create-home --shell /usr/sbin/nologin uncaged
  install -d -o 1000 -g 1000 -m 0750 /data
fi
