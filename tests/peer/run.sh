#!/usr/bin/env bash
# Measures gammapy and this project in turn, on the same files and the same cores; prints a table of medians and ratios.
set -euo pipefail

usage() {
  cat <<'TEXT'
tests/peer/run.sh [--rounds N] [--case NAME]... [--out FILE.md]

  --rounds N    number of runs of each program (default 3)
  --case NAME   full, errors, cutout-all, point-3bins-all or gauss; may be repeated (default: all)
  --out FILE    file of the table (default tests/peer/results/PROCESSOR.md)

Needs Linux, the shared data (TSMAP_SHARED, default ../shared) with its gammapy-python, and python3 with astropy. "Estimator" is kernel, inputs and fit on all
cores, in a warm process of both programs. "Whole process" is start, reading, estimator and writing; tsmap is published with ReadyToRun, as in the container image.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
shared=${TSMAP_SHARED:-$root/../shared}
rounds=3 cases=() out=''
while (($#)); do
  case $1 in
    --rounds) rounds=${2:?--rounds needs a number}; shift 2 ;;
    --case) cases+=("${2:?--case needs a name}"); shift 2 ;;
    --out) out=${2:?--out needs a file}; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
[[ -d $shared/data ]] || { echo "no shared data at $shared (TSMAP_SHARED)" >&2; exit 1; }
command -v gammapy-python >/dev/null || { echo "no gammapy-python: run $shared/peer/setup-gammapy.sh first" >&2; exit 1; }
cores=$(nproc)
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TSMAP_SHARED=$shared DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet build "$root/tests/TsMapSurvey.Benchmarks" -c Release -v q -tl:off >"$work/build.log" 2>&1 || { tail "$work/build.log" >&2; exit 1; }
dotnet publish "$root/src/TsMapSurvey.Cli" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "$work/published" -v q -tl:off >"$work/publish.log" 2>&1 || { tail "$work/publish.log" >&2; exit 1; }
ours=$root/tests/TsMapSurvey.Benchmarks/bin/Release/net10.0/TsMapSurvey.Benchmarks

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
since() { awk -v from="$1" -v to="$(date +%s.%N)" 'BEGIN { printf "%.3f\n", to - from }'; }

# gammapy-python sees the shared folder as /shared, and can only write below its own root.
gammapy() {
  local dataset=$1 repeat=$2
  shift 2
  gammapy-python /peer/tsmap.py /tmp/peer-maps.fits "/shared/$dataset" --n-jobs "$cores" --repeat "$repeat" "$@" 2>"$work/gammapy.log" | tail -n 1
}

tsmap_full() {
  "$work/published/tsmap" compute "$shared/data/fermi-3fhl-gc/fermi-3fhl-gc.fits.gz" --out "$work/full.fits" --kernel-width '1 deg' --index 2 --rtol 1e-6 \
    --amplitude '1e-22 cm-2 s-1 keV-1' --energy-edges '10 GeV,100 GeV' >"$work/tsmap.log" 2>&1
}

table=()
while IFS=$'\t' read -r name target dataset golden rest; do
  ((${#cases[@]} == 0)) || [[ " ${cases[*]} " == *" $name "* ]] || continue
  IFS=$'\t' read -ra arguments <<<"$rest"
  : >"$work/theirs" >"$work/mine" >"$work/first" >"$work/whole-theirs" >"$work/whole-mine"
  for ((round = 1; round <= rounds; round++)); do
    echo "$name, round $round of $rounds" >&2
    began=$(date +%s.%N)
    gammapy "$dataset" 1 "${arguments[@]}" >>"$work/theirs"
    since "$began" >>"$work/whole-theirs"
    read -r first warm < <("$ours" estimator "$name" 30 "$cores")
    echo "$first" >>"$work/first"
    echo "$warm" >>"$work/mine"
    [[ $name == full ]] || continue
    began=$(date +%s.%N)
    tsmap_full
    since "$began" >>"$work/whole-mine"
  done
  theirs=$(median <"$work/theirs") mine=$(median <"$work/mine") first=$(median <"$work/first")
  table+=("$(awk -v n="$name" -v a="$theirs" -v b="$mine" -v f="$first" -v t="$target" 'BEGIN { printf "| %s | %.2f s | %.1f ms | %.0f | %s | %.0f ms |", n, a, 1000 * b, a / b, t, 1000 * f }')")
  if [[ $name == full ]]; then
    /usr/bin/python3 "$shared/peer/compare_fluxmaps.py" "$work/full.fits" "$shared/$golden" >"$work/compare.log" || { cat "$work/compare.log" >&2; exit 1; }
    whole=$(awk -v a="$(median <"$work/whole-theirs")" -v b="$(median <"$work/whole-mine")" \
      'BEGIN { printf "| full, whole process | %.2f s | %.0f ms | %.0f | 20 | |", a, 1000 * b, a / b }')
  fi
done < <("$ours" cases)

[[ -z ${whole:-} ]] || table+=("$whole")
mkdir -p "$root/tests/peer/results"
: "${out:=$root/tests/peer/results/$(tr -cs 'A-Za-z0-9' '-' <<<"$processor" | sed 's/^-//;s/-$//')-$cores-cores.md}"
{
  printf '# gammapy 2.1 and tsmap on %s, %s cores\n\n' "$processor" "$cores"
  printf 'Medians of %s rounds, both programs in turn (`tests/peer/run.sh`); of `full` the maps are compared too. "First" is our estimator in a process that has just started.\n\n' "$rounds"
  printf '| case | gammapy | tsmap | ratio | meant to be | first |\n|---|---|---|---|---|---|\n'
  printf '%s\n' "${table[@]}"
  printf '\n```\n'
  "$ours" roofline full
  "$ours" incremental
  printf '```\n'
} >"$out"
cat "$out"
