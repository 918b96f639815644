#!/bin/sh
# Installs the programs that some tests start into tests/tools/node_modules (not committed).
set -eu
cd "$(dirname "$0")"
npm install --no-audit --no-fund --no-package-lock
