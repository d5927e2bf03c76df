#!/usr/bin/env bash
# Sets the machine up and runs every check: format, lint, types, generated files, tests.
# With --fast it leaves out the tests that take long, in files named *.slow.test.ts: docs/architecture.md says which.
set -euo pipefail
source "$(dirname "$0")/setup.sh"

case "${1:-}" in
  "") left_out=() ;;
  --fast) left_out=(! -name '*.slow.test.js') ;;
  *) die "$1 is unknown: the only option is --fast" ;;
esac

check_node
# Python's torch and torchvision are what the numbers are compared with; no part of the program needs them.
# shellcheck disable=SC2046 # a list of words
install_packages $(engine_packages) python3-torch python3-torchvision
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
# What tests leave behind, those that kill their processes too, goes with a temporary folder of the run's own.
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
# One file more than two cores: some wait for other processes. The bound ends a file that hangs, and says which it was; the longest takes two minutes. In the background, so that a
# signal to this script alone ends the tests at once.
node --test --test-timeout=900000 --test-concurrency=3 --test-reporter=spec "${tests[@]}" &
trap 'kill "$!"' INT TERM HUP
wait "$!"
