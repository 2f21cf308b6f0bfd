#!/bin/sh
# Debian packages that tests need beside the Python ones; without the rights to install them the tests
# that need them are skipped.
#
#   chromium, fonts-noto-cjk   the page in a real browser; letters printed as PDF
#   antiword                   old Word files (LibreOffice, which is large, is used where it is present)
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
command -v antiword >/dev/null 2>&1 || missing="$missing antiword"
missing="${missing# }"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
  echo "some tests will be skipped: install $missing (apt install $missing)" >&2
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "some tests will be skipped: install $missing with this system's package manager" >&2
  exit 0
fi
echo "installing $missing for the tests" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root apt-get install -y -qq --no-install-recommends $missing
