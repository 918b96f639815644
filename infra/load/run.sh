#!/usr/bin/env bash
# Measures how a system scales: one to four silos, a hundred to ten thousand observations, sixteen to a thousand tiles. Prints a table.
set -euo pipefail

usage() {
  cat <<'TEXT'
infra/load/run.sh [--row SILOS,OBSERVATIONS,TILES]... [--rate PER_SECOND] [--work FOLDER] [--out FILE.md] [--no-build]

  --row      a row of the table; may be repeated (default: 1,100,16 1,1000,16 1,10000,16 1,1000,256 1,1000,1024 2,1000,16 4,1000,16)
  --rate     observations per second while latency is measured (default: 2)
  --work     folder of the stores, deleted afterwards (default: a temporary folder); its disk is what is measured
  --out      also writes the table to this file
  --no-build uses the previous build

The observations are simulated and small, 20 x 20 pixels on tiles of 16 x 16 pixels. All silos run on this machine, with one folder as their store. Needs the
.NET 10 SDK, and for rows with several silos redis-server. "Processor" is the time of all cores for one observation.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
rows=() rate=2 parent='' out='' build=true
while (($#)); do
  case $1 in
    --row) rows+=("${2:?--row needs SILOS,OBSERVATIONS,TILES}"); shift 2 ;;
    --rate) rate=${2:?--rate needs a number}; shift 2 ;;
    --work) parent=${2:?--work needs a folder}; shift 2 ;;
    --out) out=${2:?--out needs a file}; shift 2 ;;
    --no-build) build=false; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
((${#rows[@]})) || rows=(1,100,16 1,1000,16 1,10000,16 1,1000,256 1,1000,1024 2,1000,16 4,1000,16)
work=$(mktemp -d ${parent:+-p "$parent"})
redis_pid=''
cleanup() {
  [[ -z $redis_pid ]] || kill "$redis_pid" 2>"$work/kill.log" || true
  rm -rf "$work"
}
trap cleanup EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if $build; then
  dotnet build "$root/tests/TsMapSurvey.Benchmarks" -c Release -v q -tl:off >"$work/build.log" 2>&1 || { tail "$work/build.log" >&2; exit 1; }
  dotnet publish "$root/src/TsMapSurvey.Cli" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "$root/src/TsMapSurvey.Cli/bin/load" -v q -tl:off >"$work/publish.log" 2>&1 || { tail "$work/publish.log" >&2; exit 1; }
fi
load=$root/tests/TsMapSurvey.Benchmarks/bin/Release/net10.0/TsMapSurvey.Benchmarks
tsmap=$root/src/TsMapSurvey.Cli/bin/load/tsmap.dll

redis=''
for row in "${rows[@]}"; do
  [[ ${row%%,*} != 1 ]] || continue
  command -v redis-server >"$work/which.log" || { echo 'rows with several silos need redis-server' >&2; exit 1; }
  for port in 26379 26380 26381 26382; do
    redis-server --port "$port" --bind 127.0.0.1 --dir "$work" --save '' --appendonly no --daemonize no >"$work/redis.log" 2>&1 &
    redis_pid=$!
    for ((i = 0; i < 50; i++)); do
      ! grep -q 'Ready to accept' "$work/redis.log" || break
      kill -0 "$redis_pid" 2>>"$work/kill.log" || break
      sleep 0.1
    done
    ! grep -q 'Ready to accept' "$work/redis.log" || { redis=127.0.0.1:$port; break 2; }
  done
  echo 'redis-server did not start' >&2
  exit 1
done

table=$("$load" load header)
for row in "${rows[@]}"; do
  IFS=, read -r silos observations tiles <<<"$row"
  mkdir "$work/run"
  cluster=''
  ((silos == 1)) || cluster=$redis
  table+=$'\n'$("$load" load "$tsmap" "$work/run" "$cluster" "$silos" "$observations" "$tiles" "$rate")
  tail -n 1 <<<"$table" >&2
  rm -rf "$work/run"
done
[[ -z $out ]] || printf '%s\n' "$table" >"$out"
printf '%s\n' "$table"
