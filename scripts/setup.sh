# Functions shared by `npm start` and `npm test` that set up a machine. Source this file; do not run it.
# Each function does only what is missing, so calling it again is cheap.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*"; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Runs a command and shows its output only if it fails.
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
  # 20.10 is the first version with --test-concurrency.
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 10) ? 0 : 1)' ||
    die "Node.js $version is too old: install Node.js 20.10 or later"
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Prints the Debian packages for building the native addons, loading JPEG files fast and running the quickstart.
engine_packages() {
  command -v "${CXX:-g++}" >/dev/null || echo g++
  # A libtorch set by the user includes its own linear algebra library.
  if [ -z "${LIBTORCH:-}" ]; then echo libtorch-dev libopenblas0-openmp; fi
  echo libjpeg62-turbo-dev
  # Headers of libtorch's communication library, for distributed training.
  echo libgloo-dev
  echo dataset-fashion-mnist
}

# Runs a command as root: directly, or with sudo if no password is needed or a terminal is available to enter it.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
    sudo "$@"
  else
    return 99
  fi
}

# install_packages PACKAGE...: installs the Debian packages that are missing.
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

  local by_hand="packages are missing: as root, run: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  as_root true || die "$by_hand"
  say "Installing from Debian: ${missing[*]}"
  local apt=(as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -o Dpkg::Use-Pty=0)
  quietly "${apt[@]}" update || die "apt-get update failed: see its messages above"
  quietly "${apt[@]}" install --no-install-recommends "${missing[@]}" || die "apt-get install failed: see its messages above"
}

# npm writes node_modules/.package-lock.json last, so an interrupted installation is repeated.
# Install scripts are not needed: build compiles the addons and shows their messages.
# `npm ci` does not work here: it rejects a lock file without the optional binaries of other platforms.
install_node_modules() {
  if [ node_modules/.package-lock.json -nt package-lock.json ]; then return; fi
  say "Installing the npm packages in package-lock.json"
  quietly npm install --no-save --ignore-scripts --no-audit --no-fund || die "npm install failed: see its messages above"
}

build() {
  SUPERNET_REQUIRE_ENGINE=1 node packages/torch/native/build.mjs
  SUPERNET_REQUIRE_ENGINE=1 node packages/vision/native/build.mjs
  node scripts/remove-stale-outputs.mjs
  node_modules/.bin/tsc -b
}
