#!/usr/bin/env bash
# Sets the machine up and runs every check: format, lint, types, generated files, tests.
# --fast skips the slow tests, in files named *.slow.test.ts: see CONTRIBUTING.md.
set -euo pipefail
source "$(dirname "$0")/setup.sh"

case "${1:-}" in
  "") left_out=() browser=chromium ;;
  --fast) left_out=(! -name '*.slow.test.js') browser= ;;
  *) die "unknown option $1: the only option is --fast" ;;
esac

check_node
# Only the tests need Python's torch and torchvision, to compare numbers with them, and the browser, for its example.
# shellcheck disable=SC2046 # a list of words
install_packages $(engine_packages) python3-torch python3-torchvision $browser
install_node_modules

say "Format and lint"
node_modules/.bin/biome ci --error-on-warnings .
say "Build"
build
say "Generated files"
node scripts/check-generated.mjs

say "Tests"
mapfile -t tests < <(find packages/*/dist -name '*.test.js' "${left_out[@]}" | sort)
if [ "${#tests[@]}" = 0 ]; then die "no tests were built"; fi
# Files that tests leave behind, for example by killing processes, are deleted with a temporary folder.
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
# Three files run at a time on two cores, because some wait for other processes. The timeout stops a file that hangs; the
# longest takes two minutes. The tests run in the background, so a signal to this script stops them at once.
node --test --test-timeout=900000 --test-concurrency=3 --test-reporter=spec "${tests[@]}" &
trap 'kill "$!"' INT TERM HUP
wait "$!"
