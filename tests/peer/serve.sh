#!/usr/bin/env bash
# Measures how many requests a server answers, against nginx serving the same bytes as files in the same run, and reads beside ingestion; prints tables.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for program in node nginx wrk; do
  command -v "$program" >/dev/null || { echo "no $program: install it first (Debian: apt-get install nginx wrk)" >&2; exit 1; }
done
exec node "$root/tests/peer/serve/main.mjs" "$@"
