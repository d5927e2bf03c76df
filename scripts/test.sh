#!/usr/bin/env bash
# Sets up the machine and runs every check: format, lint, types, generated files, tests.
# --fast skips the slow tests, in files named *.slow.test.ts. See docs/architecture.md.
set -euo pipefail
source "$(dirname "$0")/setup.sh"

case "${1:-}" in
  "") skipped=() ;;
  --fast) skipped=(! -name '*.slow.test.js') ;;
  *) die "unknown option $1: use --fast or no option" ;;
esac

check_node
# Tests compare results with Python's torch and torchvision. supernet itself does not need them.
# shellcheck disable=SC2046 # one word per package
install_packages $(engine_packages) python3-torch python3-torchvision
install_node_modules

say "Format and lint"
node_modules/.bin/biome ci --error-on-warnings .
say "Build"
build
say "Generated files"
node scripts/check-generated.mjs

say "Tests"
mapfile -t tests < <(find packages/*/dist -name '*.test.js' "${skipped[@]}" | sort)
if [ "${#tests[@]}" = 0 ]; then die "packages/*/dist contains no compiled tests"; fi
# A separate temporary folder also removes the files of tests that kill their processes.
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
# Three files at a time suit two cores, because some tests wait for other processes. The longest file takes two minutes;
# the timeout stops and reports a file that hangs. Node runs in the background, so a signal to this script stops it at
# once.
node --test --test-timeout=900000 --test-concurrency=3 --test-reporter=spec "${tests[@]}" &
trap 'kill "$!"' INT TERM HUP
wait "$!"
