#!/usr/bin/env bash
# Measures how much the maps of adjacent HEALPix tiles differ on their borders, for several sizes of pixels; prints a table.
set -euo pipefail

usage() {
  cat <<'TEXT'
tests/peer/seams.sh [--order N] [--pixels "DEG DEG ..."] [--out FILE.md]

  --order N       HEALPix order of the tiles (default 5)
  --pixels LIST   sides of a pixel in degrees (default "0.02 0.01 0.005"; the last needs 3 GB of memory)
  --out FILE      file of the table (default tests/peer/results/seams.md)

Puts the 15 H.E.S.S. event files of the shared data (TSMAP_SHARED, default ../shared) into a server with a store of its own for each size, and
asks it for its seams. Needs Linux and curl.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
shared=${TSMAP_SHARED:-$root/../shared}
order=5 pixels='0.02 0.01 0.005' out=$root/tests/peer/results/seams.md
while (($#)); do
  case $1 in
    --order) order=${2:?--order needs a number}; shift 2 ;;
    --pixels) pixels=${2:?--pixels needs a list}; shift 2 ;;
    --out) out=${2:?--out needs a file}; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
[[ -d $shared/data/hess-dl3-rxj1713 ]] || { echo "no shared data at $shared (TSMAP_SHARED)" >&2; exit 1; }
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$root/src/TsMapSurvey.Cli" -c Release -v q -tl:off >"$work/build.log" 2>&1 || { tail "$work/build.log" >&2; exit 1; }
tsmap=$root/src/TsMapSurvey.Cli/bin/Release/net10.0/tsmap
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
address=http://127.0.0.1:$port
files=("$shared"/data/hess-dl3-rxj1713/hess_*.fits.gz)

seams_of() {
  local folder=$work/$1
  mkdir -p "$folder/store/observations"
  cat >"$folder/survey.json" <<JSON
{ "name": "rxj1713", "tiling": { "kind": "healpix", "order": $order, "pixelSizeDeg": $1 },
  "energyAxis": { "minTeV": 0.6, "maxTeV": 30, "bins": 6 }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 12 },
  "maps": { "point": { "index": 2, "kernelWidthDeg": 0.6 } },
  "events": { "safeMask": ["offset-max"], "offsetMaxDeg": 2.3, "background": "none" } }
JSON
  cp "${files[@]}" "$folder/store/observations/"
  "$tsmap" serve --survey "$folder/survey.json" --store "$folder/store" --urls "$address" >"$folder/serve.log" 2>&1 &
  server=$!
  until curl -s "$address/api/surveys/rxj1713" | grep -q "\"stacked\":${#files[@]},"; do sleep 1; done
  until [[ $(curl -s -o "$folder/seams.json" -w '%{http_code}' "$address/api/surveys/rxj1713/seams?fresh=true&timeout=60") == 200 ]]; do sleep 1; done
  kill "$server" && wait "$server" || true
  server=
  python3 - "$1" "$folder/seams.json" <<'PY'
import json, sys
seams = json.load(open(sys.argv[2]))["seams"]
worst, points = seams[0], sum(one["points"] for one in seams)
mean = sum(one["mean"] * one["points"] for one in seams) / points
above = sum(one["largest"] > 0.3 for one in seams)
print(f"| {sys.argv[1]} | {worst['largest']:.2f} ({worst['sqrtTs']:.1f}, {worst['otherSqrtTs']:.1f}) | {seams[len(seams) // 2]['largest']:.2f} | "
      f"{above} of {len(seams)} | {mean:.3f} | {points} |")
PY
}

{
  echo '# Seams: adjacent HEALPix tiles, by the size of their pixels'
  echo
  echo "Written by \`tests/peer/seams.sh\`: 15 H.E.S.S. event files on tiles of order $order, compared every pixel along their borders where the exposure"
  echo 'is above a tenth of its maximum. Differences of sqrt(TS).'
  echo
  echo '| pixel, degrees | largest (values on both sides) | median of the borders'"'"' largest | borders above 0.3 | mean | points |'
  echo '|---|---|---|---|---|---|'
  for pixel in $pixels; do seams_of "$pixel"; done
} | tee "$out"
