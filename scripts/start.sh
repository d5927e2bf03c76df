#!/usr/bin/env bash
# Sets the machine up and runs the quickstart: npm start [-- OPTIONS of supernet run]
# Another start continues the run, or prints its result if it is finished.
set -euo pipefail
source "$(dirname "$0")/setup.sh"

check_node
# shellcheck disable=SC2046 # one word per package
install_packages $(engine_packages)
install_node_modules
build

exec node packages/supernet/bin/supernet.js run detector-quickstart --work-dir runs/detector-quickstart --resume "$@"
