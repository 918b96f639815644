#!/usr/bin/env bash
# Measures ingestion against gammapy and against gzip, and the delay until the maps of one observation are up to date; prints a table.
set -euo pipefail

usage() {
  cat <<'TEXT'
tests/peer/ingest.sh [--rounds N] [--count N] [--work FOLDER] [--out FILE.md]

  --rounds N     number of runs of each program (default 3)
  --count N      observations uploaded at once (default 600); gammapy and gzip read a quarter of them
  --work FOLDER  folder of the stores, deleted afterwards (default: a temporary folder); its disk is what is measured
  --out FILE     file of the table (default tests/peer/results/PROCESSOR-ingest.md)

Uses the 15 H.E.S.S. observations of the shared data, repeated under other names. Needs Linux, 2 GB of disk, the shared data (TSMAP_SHARED, default ../shared)
with its gammapy-python, and gzip. gammapy reads and stacks in one warm process. gzip decompresses the same files in as many processes as there are cores. tsmap
is one server with default settings on an empty folder, published with ReadyToRun as in the container image.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
shared=${TSMAP_SHARED:-$root/../shared}
rounds=3 count=600 parent='' out=''
while (($#)); do
  case $1 in
    --rounds) rounds=${2:?--rounds needs a number}; shift 2 ;;
    --count) count=${2:?--count needs a number}; shift 2 ;;
    --work) parent=${2:?--work needs a folder}; shift 2 ;;
    --out) out=${2:?--out needs a file}; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
[[ -d $shared/data/hess-rxj1713 ]] || { echo "no shared data at $shared (TSMAP_SHARED)" >&2; exit 1; }
command -v gammapy-python >/dev/null || { echo "no gammapy-python: run $shared/peer/setup-gammapy.sh first" >&2; exit 1; }
cores=$(nproc)
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
work=$(mktemp -d ${parent:+-p "$parent"})
trap 'rm -rf "$work"' EXIT
export TSMAP_SHARED=$shared DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet build "$root/tests/TsMapSurvey.Benchmarks" -c Release -v q -tl:off >"$work/build.log" 2>&1 || { tail "$work/build.log" >&2; exit 1; }
dotnet publish "$root/src/TsMapSurvey.Cli" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "$work/published" -v q -tl:off >"$work/publish.log" 2>&1 || { tail "$work/publish.log" >&2; exit 1; }
ours=$root/tests/TsMapSurvey.Benchmarks/bin/Release/net10.0/TsMapSurvey.Benchmarks

files=("$shared"/data/hess-rxj1713/obs_*.fits.gz)
repeat=$(((count / 4 + ${#files[@]} - 1) / ${#files[@]}))
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
each() { awk -v s="$1" -v n=$((repeat * ${#files[@]})) 'BEGIN { printf "%.2f\n", 1000 * s / n }'; }
repeated() { for ((i = 0; i < repeat; i++)); do printf '%s\0' "${files[@]}"; done; }
value() { sed -n "s/^$1 //p" "$2"; }

# gammapy-python sees the shared folder as /shared.
gammapy() {
  gammapy-python - "${files[@]/#$shared//shared}" --repeat "$repeat" <"$root/tests/peer/stack.py" 2>"$work/gammapy.log" | tail -n 1 || { tail -n 3 "$work/gammapy.log" >&2; return 1; }
}

unfold() {
  local began
  began=$(date +%s.%N)
  repeated | xargs -0 -P "$cores" -n "${#files[@]}" gzip -dc >/dev/null
  awk -v from="$began" -v to="$(date +%s.%N)" 'BEGIN { print to - from }'
}

for ((round = 1; round <= rounds; round++)); do
  echo "round $round of $rounds" >&2
  seconds=$(gammapy)
  each "$seconds" >>"$work/theirs"
  seconds=$(unfold)
  each "$seconds" >>"$work/gzip"
  mkdir "$work/run"
  "$ours" ingest "$work/published/tsmap.dll" "$work/run" "$count" >"$work/ours"
  rm -rf "$work/run"
  "$ours" ingest-alone $((cores > 1 ? cores - 1 : 1)) >>"$work/ours"
  for name in each processor memory latency latency-worst alone-stacked alone; do value "$name" "$work/ours" >>"$work/our-$name"; done
done

of() { median <"$work/$1"; }
mkdir -p "$root/tests/peer/results"
: "${out:=$root/tests/peer/results/$(tr -cs 'A-Za-z0-9' '-' <<<"$processor" | sed 's/^-//;s/-$//')-$cores-cores-ingest.md}"
{
  printf '# Ingestion: gammapy 2.1, gzip and tsmap on %s, %s cores\n\n' "$processor" "$cores"
  printf 'Medians of %s rounds in turn (`tests/peer/ingest.sh`): the 15 H.E.S.S. observations under other names, %s times into one server, %s times through gammapy and gzip.\n\n' \
    "$rounds" "$count" "$((repeat * ${#files[@]}))"
  awk -v g="$(of theirs)" -v z="$(of gzip)" -v t="$(of our-each)" -v p="$(of our-processor)" -v m="$(of our-memory)" -v n="$cores" 'BEGIN {
    print "| | each | against tsmap | meant to be |"
    print "|---|---|---|---|"
    printf "| gammapy, read and stack | %.0f ms | %.1f times as long | at least 6 |\n", g, g / t
    printf "| `gzip -dc`, %d side by side | %.1f ms | tsmap takes %.1f times as long | at most 2.5 |\n", n, z, t / z
    printf "| tsmap, put to stacked | %.1f ms | | |\n\n", t
    printf "tsmap took %.0f ms of processor time each, and held %.0f MB afterwards.\n\n", p, m }'
  awk -v l="$(of our-latency)" -v w="$(of our-latency-worst)" -v s="$(of our-alone-stacked)" -v a="$(of our-alone)" 'BEGIN {
    print "| one observation on an idle server | | meant to be, on 2 cores |"
    print "|---|---|---|"
    printf "| from its place in the store to the fresh maps of all its tiles, median | %.0f ms | at most 120 ms |\n", l
    printf "| the longest of 31 | %.0f ms | at most 400 ms |\n", w
    printf "| decoding, stacking and fitting alone, by the threads that a server takes for maps | %.0f + %.0f ms | |\n", s, a - s }'
} >"$out"
cat "$out"
