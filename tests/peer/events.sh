#!/usr/bin/env bash
# Compares tsmap reduce with gammapy's makers on simulated event files, which gammapy opens by their index and singly.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
command -v gammapy-python >/dev/null || { echo "no gammapy-python: run ../shared/peer/setup-gammapy.sh first" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$root/src/TsMapSurvey.Cli" -c Release -v q -tl:off >"$work/build.log" 2>&1 || { tail "$work/build.log" >&2; exit 1; }
tsmap=$root/src/TsMapSurvey.Cli/bin/Release/net10.0/tsmap

"$tsmap" simulate --out "$work/events" --events --observations 3 --sources 5
"$tsmap" reduce "$work/events" --survey "$work/events/survey.json" --out "$work/maps"
tar -C "$work" -c events maps | gammapy-python -c "$(cat "$root/tests/peer/events.py")" events maps 2
