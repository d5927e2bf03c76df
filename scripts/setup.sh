# Sets a machine up for `npm start` and `npm test`, which source this file.
# Every function does only what is missing, so it is cheap to call again.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*"; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Runs a command, and prints its output only if it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  if [ "$status" != 0 ]; then cat "$log" >&2; fi
  rm -f "$log"
  return "$status"
}

check_node() {
  local version
  version=$(node -p 'process.versions.node')
  # The test runner of older versions has no --test-concurrency.
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 10) ? 0 : 1)' ||
    die "Node.js $version is too old: install Node.js 20.10 or later"
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Lists the Debian packages that the engine, fast loading of photographs and the data of the quickstart need.
engine_packages() {
  command -v "${CXX:-g++}" >/dev/null || echo g++
  # The libtorch in LIBTORCH contains its own linear algebra.
  if [ -z "${LIBTORCH:-}" ]; then echo libtorch-dev libopenblas0-openmp; fi
  echo libjpeg62-turbo-dev
  # Headers of libtorch's communication library, for training on several processes.
  echo libgloo-dev
  echo dataset-fashion-mnist
}

# Runs a command as root: directly, or with sudo if that needs no password or can ask for it.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
    sudo "$@"
  else
    return 99
  fi
}

# install_packages PACKAGE...: installs the Debian packages that are not installed yet.
install_packages() {
  local package missing=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "Debian packages are not available here: install the equivalents of $* yourself"
    return
  fi
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  if [ "${#missing[@]}" = 0 ]; then return; fi

  local by_hand="packages are missing: run as root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  as_root true || die "$by_hand"
  say "Installing from Debian: ${missing[*]}"
  local apt=(as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -o Dpkg::Use-Pty=0)
  quietly "${apt[@]}" update || die "apt-get update failed: see its messages above"
  quietly "${apt[@]}" install --no-install-recommends "${missing[@]}" || die "apt-get install failed: see its messages above"
}

# npm writes node_modules/.package-lock.json last, so an interrupted installation is repeated.
# No install scripts run: the addons are built below, which shows the compiler's messages.
# `npm ci` would reject a lock file without the optional binaries of other platforms.
install_node_modules() {
  if [ node_modules/.package-lock.json -nt package-lock.json ]; then return; fi
  say "Installing the packages of package-lock.json with npm"
  quietly npm install --no-save --ignore-scripts --no-audit --no-fund || die "npm install failed: see its messages above"
}

build() {
  SUPERNET_REQUIRE_ENGINE=1 node packages/torch/native/build.mjs
  SUPERNET_REQUIRE_ENGINE=1 node packages/vision/native/build.mjs
  node scripts/remove-stale-outputs.mjs
  node_modules/.bin/tsc -b
}
