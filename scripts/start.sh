#!/usr/bin/env bash
# Sets up the machine and runs the quickstart: npm start [-- OPTIONS OF supernet run]
# Run it again to continue an interrupted run or show the result of a finished one.
set -euo pipefail
source "$(dirname "$0")/setup.sh"

check_node
# shellcheck disable=SC2046 # one word per package
install_packages $(engine_packages)
install_node_modules
build

exec node packages/supernet/bin/supernet.js run detnas-quickstart --work-dir runs/quickstart --resume "$@"
