# What `npm start` and `npm test` share: brings a machine to the point where the program runs. Sourced, not run.
# Every function does only what is missing, so that calling it again costs next to nothing.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*"; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Runs a command whose output matters only when it fails.
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
  # 20.10 is the first whose test runner takes a bound on how many files run at once.
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 10) ? 0 : 1)' ||
    die "Node.js $version is too old: install 20.10 or later"
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The Debian packages without which the engine cannot be built, photographs load slowly, or the quickstart has no data.
engine_packages() {
  command -v "${CXX:-g++}" >/dev/null || echo g++
  # A libtorch named by the user brings its own linear algebra.
  if [ -z "${LIBTORCH:-}" ]; then echo libtorch-dev libopenblas0-openmp; fi
  echo libjpeg62-turbo-dev
  # Headers of the communication library in libtorch, for training on several processes.
  echo libgloo-dev
  echo dataset-fashion-mnist
}

# Runs a command as root: directly, or by sudo where that works without a question or there is somebody to ask.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
    sudo "$@"
  else
    return 99
  fi
}

# install_packages PACKAGE...: installs those that Debian's dpkg does not have yet.
install_packages() {
  local package missing=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "This is not Debian: install the equivalents of $* yourself"
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
  quietly "${apt[@]}" update || die "apt-get update failed; its messages stand above"
  quietly "${apt[@]}" install --no-install-recommends "${missing[@]}" || die "apt-get install failed; its messages stand above"
}

# npm writes node_modules/.package-lock.json last, so a broken installation counts as none.
# No dependency's install script is needed: the addon is built below, where its messages can be seen.
# Not `npm ci`: it refuses a lock file that leaves out other platforms' optional binaries.
install_node_modules() {
  if [ node_modules/.package-lock.json -nt package-lock.json ]; then return; fi
  say "Installing from npm: what package-lock.json names"
  quietly npm install --no-save --ignore-scripts --no-audit --no-fund || die "npm install failed; its messages stand above"
}

build() {
  SUPERNET_REQUIRE_ENGINE=1 node packages/torch/native/build.mjs
  SUPERNET_REQUIRE_ENGINE=1 node packages/vision/native/build.mjs
  node scripts/remove-stale-outputs.mjs
  node_modules/.bin/tsc -b
}
