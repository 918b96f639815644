#!/usr/bin/env bash
# Measures the way from event files (DL3) to a stacked image against gammapy's makers, in turn on this machine; prints a table.
set -euo pipefail

usage() {
  cat <<'TEXT'
tests/peer/reduce.sh [--rounds N] [--out FILE.md]

  --rounds N   number of runs of each program (default 3)
  --out FILE   file of the table (default tests/peer/results/PROCESSOR-reduce.md)

The 15 H.E.S.S. observations of the shared data (TSMAP_SHARED, default ../shared), one after the other in a warm process on one thread: reading, safe mask,
background norm, maps, stacking. Needs Linux and gammapy-python.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
shared=${TSMAP_SHARED:-$root/../shared}
rounds=3 out=''
while (($#)); do
  case $1 in
    --rounds) rounds=${2:?--rounds needs a number}; shift 2 ;;
    --out) out=${2:?--out needs a file}; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
[[ -d $shared/data/hess-dl3-rxj1713 ]] || { echo "no shared data at $shared (TSMAP_SHARED)" >&2; exit 1; }
command -v gammapy-python >/dev/null || { echo "no gammapy-python: run $shared/peer/setup-gammapy.sh first" >&2; exit 1; }
cores=$(nproc)
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TSMAP_SHARED=$shared DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$root/tests/TsMapSurvey.Benchmarks" -c Release -v q -tl:off >"$work/build.log" 2>&1 || { tail "$work/build.log" >&2; exit 1; }
ours=$root/tests/TsMapSurvey.Benchmarks/bin/Release/net10.0/TsMapSurvey.Benchmarks

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
for ((round = 1; round <= rounds; round++)); do
  echo "round $round of $rounds" >&2
  gammapy-python - /shared/data/hess-dl3-rxj1713 <"$root/tests/peer/reduce.py" 2>"$work/gammapy.log" | tail -n 1 | awk '{ print 1000 * $1 }' >>"$work/theirs"
  "$ours" reduce >"$work/run"
  sed -n 's/^reduced //p' "$work/run" >>"$work/ours"
  sed -n 's/^read //p' "$work/run" >>"$work/read"
done

mkdir -p "$root/tests/peer/results"
: "${out:=$root/tests/peer/results/$(tr -cs 'A-Za-z0-9' '-' <<<"$processor" | sed 's/^-//;s/-$//')-$cores-cores-reduce.md}"
theirs=$(median <"$work/theirs") mine=$(median <"$work/ours") read=$(median <"$work/read")
{
  echo "# From event files to a stack: ${processor:-unknown processor}, $cores cores"
  echo
  echo "Median of $rounds runs; written by \`tests/peer/reduce.sh\`. One observation of H.E.S.S. (DL3), of 15 in turn, on one thread of a warm process."
  echo
  echo '| | gammapy | tsmap | ratio |'
  echo '|---|---|---|---|'
  awk -v t="$theirs" -v m="$mine" -v r="$read" 'BEGIN { printf "| event file to stacked image | %.0f ms | %.1f ms (reading %.1f ms) | %.0f times |\n", t, m, r, t / m }'
} | tee "$out"
