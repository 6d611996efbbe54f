#!/bin/sh
# The steps of the Containerfile in a plain Debian tree, where there is no container engine: needs root and debootstrap.
# At the end the studio begins there as its own user, answers its health check, draws a film, and ends in good order.
#   container/steps.sh [FOLDER]    FOLDER: a tree that debootstrap made before, to spare the time
set -eu
[ "$(id -u)" = 0 ] || { echo "The steps need root: chroot and debootstrap do." >&2; exit 2; }

here=$(cd "$(dirname "$0")/.." && pwd)
mirror=${MIRROR:-http://deb.debian.org/debian}
tree=${1:-}
work=$(mktemp -d)
trap 'status=$?; rm -rf "$work"; exit $status' EXIT
trap 'exit 143' INT TERM

step() { printf '== %s\n' "$1"; }
# Certificates and settings by which this machine reaches the registries; a container engine has its own way.
lend() {
  cp /etc/resolv.conf "$1/etc/resolv.conf" 2> /dev/null || true
  mkdir -p "$1/etc/ssl/certs"
  [ ! -f /etc/ssl/certs/ca-certificates.crt ] || cp -L /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/lent.crt"
}
inside() {
  root=$1
  shift
  chroot "$root" env -i PATH=/opt/uncaged/bin:/usr/sbin:/usr/bin:/sbin:/bin PIP_CERT=/etc/ssl/certs/lent.crt "$@"
}

if [ -z "$tree" ]; then
  step "a plain tree"
  tree=$work/plain
  debootstrap --variant=minbase bookworm "$tree" "$mirror" > "$work/log" 2>&1 || { tail "$work/log"; exit 1; }
fi
cp -a "$tree" "$work/build"
cp -a "$tree" "$work/run"
lend "$work/build"
lend "$work/run"

step "build"
mkdir -p "$work/build/src"
(cd "$here" && cp -a pyproject.toml constraints.txt README.md LICENSE LICENSES container src "$work/build/src/")
inside "$work/build" sh /src/container/packages.sh build > "$work/log" 2>&1 || { tail "$work/log"; exit 1; }
inside "$work/build" sh -c 'cd /src && sh container/build.sh'

step "run"
mkdir -p "$work/run/opt/container"
cp "$here/container/packages.sh" "$here/container/start.sh" "$work/run/opt/container/"
inside "$work/run" sh /opt/container/packages.sh run > "$work/log" 2>&1 || { tail "$work/log"; exit 1; }
cp -a "$work/build/opt/uncaged" "$work/run/opt/uncaged"
mkdir -p "$work/run/dev"
[ -e "$work/run/dev/null" ] || mknod -m 666 "$work/run/dev/null" c 1 3
[ -e "$work/run/dev/urandom" ] || mknod -m 444 "$work/run/dev/urandom" c 1 9

step "a studio, as user 1000"
as_user() {
  chroot --userspec=1000:1000 "$work/run" env -i PATH=/opt/uncaged/bin:/usr/bin:/bin HOME=/data UNCAGED_HOME=/data \
    PORT=18484 HOUSE_NAME="a plain tree" HOUSE_CONTACT="nobody@example" PYTHONDONTWRITEBYTECODE=1 "$@"
}
as_user sh /opt/container/start.sh serve > "$work/said" 2>&1 &
studio=$!
for _ in $(seq 60); do
  if as_user uncaged doctor --pages > /dev/null 2>&1; then break; fi
  kill -0 "$studio" 2> /dev/null || break
  sleep 1
done
as_user uncaged doctor --pages || { cat "$work/said"; kill "$studio"; exit 1; }
as_user uncaged make "a slow bird over a hill" --seconds 1 --size 128x128 -o /tmp/film.mp4 > /dev/null
[ -s "$work/run/tmp/film.mp4" ] || { echo "no film" >&2; exit 1; }
[ "$(as_user id -u)" = 1000 ]
[ -f "$work/run/data/owner.key" ]
kill -TERM "$studio"
wait "$studio" || [ $? = 143 ]
step "it works"
