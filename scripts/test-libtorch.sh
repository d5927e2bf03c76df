#!/usr/bin/env bash
# Usage: scripts/test-libtorch.sh RELEASE [FOLDER]
# Builds the engine with the compiler and the libtorch of another Debian release (trixie, sid, ...) and runs tests of
# packages/torch: the fast ones and distributed.slow.test.ts. RELEASE's packages are unpacked into FOLDER, and used with
# chroot. Its libtorch needs its own C library, so LIBTORCH cannot name it. The machine's own packages and apt lists do
# not change, and root is not needed. FOLDER keeps the packages for the next time: delete it to get newer ones. Default:
# supernet/RELEASE in the cache folder.
set -euo pipefail
release=${1:?usage: scripts/test-libtorch.sh RELEASE [FOLDER]}
folder=$(realpath -m "${2:-${XDG_CACHE_HOME:-$HOME/.cache}/supernet/$release}")
source "$(dirname "$0")/setup.sh"

# What a bare machine would install, and python3-torch: tests compare the engine with the PyTorch of the same release.
packages=(base-files bash coreutils libc-bin g++ libtorch-dev libopenblas0-openmp libgloo-dev python3-torch)
root=$folder/root
lib=/usr/lib/$(uname -m)-linux-gnu

fetch_packages() {
  local apt=$folder/apt archive mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' | head -n 1)
  if [ -z "$mirror" ]; then die "apt has no Debian mirror: run apt-get update first"; fi
  # Left by an interrupted fetch. The file shows that both are this script's, whatever else FOLDER contains.
  if [ -e "$apt/apt.conf" ]; then rm -rf "$apt" "$root"; fi
  mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$root"/{etc/ld.so.conf.d,dev,proc,sys,tmp,usr/{bin,sbin,lib,lib64}}
  echo '*' >"$folder/.gitignore" # keeps git and biome out, wherever FOLDER is
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $release main" >"$apt/sources.list"
  # With an empty status file, every dependency counts as missing.
  : >"$apt/status"
  cat >"$apt/apt.conf" <<CONF
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
CONF
  say "Fetching the packages of $release into $folder"
  export APT_CONFIG=$apt/apt.conf
  quietly apt-get update || die "apt-get update failed for $release: see its messages above"
  quietly apt-get install -y --download-only "${packages[@]}" || die "the packages of $release cannot be fetched: see above"
  unset APT_CONFIG

  # dpkg-deb -x would replace these links by folders.
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
  for archive in "$apt"/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$archive" | tar -x --keep-directory-symlink -C "$root"
  done
  # No package is configured, so Debian's choice of a BLAS is made here.
  echo "$lib/openblas-openmp" >"$root/etc/ld.so.conf.d/0-openblas.conf"
  cp /etc/hosts "$root/etc/hosts"
  in_root ldconfig
  rm -rf "$apt/archives"
  touch "$folder/complete"
}

# Runs a command in the root folder. The mounts are in a namespace that ends with the command.
in_root() {
  PATH=$PATH:/usr/sbin unshare --map-root-user --mount bash -c '
    for name in dev proc sys; do mount --rbind "/$name" "$0/$name"; done
    exec chroot "$0" env -i HOME=/root PATH=/usr/bin:/usr/sbin SUPERNET_REQUIRE_ENGINE=1 bash -c "cd /supernet 2>/dev/null; $1"
  ' "$root" "$*"
}

check_node
install_node_modules
node_modules/.bin/tsc -b
[ -e "$folder/complete" ] || fetch_packages

# This machine's node: a release may have one that is too old. The engine's objects stay from the last time.
cp "$(readlink -f "$(command -v node)")" "$root/usr/bin/node"
mkdir -p "$root/supernet"
rm -rf "$root/supernet/node_modules"
tar -c --exclude='packages/*/build' package.json node_modules/{@supernet,node-api-headers,zod,fast-check,pure-rand} \
  packages | tar -x -C "$root/supernet"

say "Build with $(in_root g++ -dumpfullversion | sed 's/^/g++ /')"
in_root node packages/torch/native/build.mjs 2>&1 | tee "$folder/build.log"
if grep -q 'warning:' "$folder/build.log"; then die "the compiler printed warnings: see above"; fi

# Through the package, which sets the environment that the engine needs.
version=$(in_root node --input-type=module -e "'import { engineInfo } from \"@supernet/torch\"; console.log(engineInfo().version)'")
say "Tests of packages/torch with libtorch $version"
mapfile -t tests < <(find packages/torch/dist -name '*.test.js' ! -name '*.slow.test.js' | sort)
# The slow tests of several ranks as well: c10d differs most between versions. The timeout stops a file that hangs.
tests+=(packages/torch/dist/distributed/distributed.slow.test.js)
in_root node --test --test-timeout=300000 --test-reporter=spec "${tests[@]}"
