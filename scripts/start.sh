#!/usr/bin/env bash
# Sets the machine up and runs the quickstart: npm start [-- OPTIONS OF supernet run]
# A second start goes on where the first one stopped, or shows the result of a finished one.
set -euo pipefail
source "$(dirname "$0")/setup.sh"

check_node
# shellcheck disable=SC2046 # a list of words
install_packages $(engine_packages)
install_node_modules
build

exec node packages/supernet/bin/supernet.js run detnas-quickstart --work-dir runs/quickstart --resume "$@"
