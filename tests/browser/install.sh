#!/bin/sh
# The browser tests need Debian's chromium and a font with Chinese characters.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
  echo "browser tests will be skipped: install $missing (apt install $missing)" >&2
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "browser tests will be skipped: install $missing with this system's package manager" >&2
  exit 0
fi
echo "installing $missing for the browser tests" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root apt-get install -y -qq --no-install-recommends $missing
