#!/bin/sh
# Installs the npm programs that tests start, into tests/tools/node_modules (not committed).
set -eu
cd "$(dirname "$0")"
npm install --no-audit --no-fund --no-package-lock
