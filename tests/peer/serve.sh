#!/usr/bin/env bash
# Measures how many requests a server answers, against nginx serving the same bytes as files in the same run, and reads beside ingestion; prints tables.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
exec node "$root/tests/peer/serve/main.mjs" "$@"
