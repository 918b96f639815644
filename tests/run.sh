#!/usr/bin/env bash
# Installs what the tests need, builds once, and runs all tests. The last line is: N passed, N failed, N skipped
set -euo pipefail

usage() {
  cat <<'TEXT'
tests/run.sh [--quick] [--project NAME] [--filter TEXT] [--no-install] [--jobs N] [--seed N] [--thorough]

  --quick          while editing: installs nothing, builds without analyzers, runs no test program or test that is marked slow
  --project NAME   one test project (Fits, Fits.Tests, ...); may be repeated
  --filter TEXT    only tests whose full name (namespace.class.method) contains TEXT
  --no-install     install nothing; tests whose program is missing are skipped (with CI=true they fail)
  --jobs N         number of test programs that run in parallel (default 4)
  --seed N         seed of the random samples (default 0, the same in every run)
  --thorough       whole what every other run samples: the whole sky, every row of a table, the image as it is released (twice the time)

Needs the .NET 10 SDK and Node. Logs and reports are in artifacts/tests.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
filter='' memory='' install=true quick=false thorough=false jobs=4 chosen=()
while (($#)); do
  case $1 in
    --project) chosen+=("${2:?--project needs a name}"); shift 2 ;;
    --filter) filter=${2:?--filter needs a text}; shift 2 ;;
    --jobs) jobs=${2:?--jobs needs a number}; shift 2 ;;
    --seed) export TSMAP_TEST_SEED=${2:?--seed needs a number}; shift 2 ;;
    --no-install) install=false; shift ;;
    --thorough) thorough=true; export TSMAP_TEST_THOROUGH=1; shift ;;
    --quick) quick=true install=false; shift ;;
    -h | --help) usage; exit 0 ;;
    *) echo "unknown option $1" >&2; usage >&2; exit 2 ;;
  esac
done
exec </dev/null
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en UseSharedCompilation=true
results=$root/artifacts/tests
rm -rf "$results"
mkdir -p "$results"
started=$SECONDS
fate='are skipped'
[[ ${CI:-} != true ]] || fate=fail

say() { printf '%4d s  %s\n' $((SECONDS - started)) "$*"; }

# A step that fails before the tests counts as one failure in the last line.
give_up() {
  say "$1"
  [[ -z ${2:-} ]] || tail -n 60 "$2"
  echo '0 passed, 1 failed, 0 skipped'
  exit 1
}

have() {
  case $1 in
    postgresql) ls /usr/lib/postgresql/*/bin/postgres >"$results/which.log" 2>&1 ;;
    /*) [[ -e $1 ]] ;;
    astropy | pyvo | astroquery | matplotlib | PIL) /usr/bin/python3 -c "import $1" 2>"$results/$1.log" ;;
    *) command -v "$1" >"$results/which.log" ;;
  esac
}

# "PROGRAM:DEBIAN-PACKAGE" for every program that a test needs.
debian=(astropy:python3-astropy /usr/share/java/aladin.jar:aladin java:default-jre-headless fitsverify:fitsverify chromium:chromium redis-server:redis-server postgresql:postgresql git:git bash:bash faketime:faketime pyvo:python3-pyvo astroquery:python3-astroquery matplotlib:python3-matplotlib PIL:python3-pil stilts:stilts)

install_debian() {
  local missing=() as_root=() entry
  for entry in "${debian[@]}"; do have "${entry%%:*}" || missing+=("${entry##*:}"); done
  ((${#missing[@]})) || return 0
  [[ $(id -u) == 0 ]] || as_root=(sudo -n)
  if ! command -v apt-get >"$results/which.log" || ! "${as_root[@]}" true 2>"$results/sudo.log"; then
    say "not installed, because there is no apt-get with root rights: ${missing[*]}; the tests that need them $fate"
    return 0
  fi
  say "installing ${missing[*]}"
  { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$results/apt.log" 2>&1 ||
    say "apt-get failed (artifacts/tests/apt.log); the tests that need ${missing[*]} $fate"
}

install_npm() {
  [[ -f tests/tools/install.sh ]] || return 0
  [[ ! tests/tools/package.json -nt tests/tools/node_modules/.package-lock.json ]] && return 0
  say 'installing tests/tools from npm'
  sh tests/tools/install.sh >"$results/npm.log" 2>&1 ||
    say "npm failed (artifacts/tests/npm.log); the tests that need its programs $fate"
}

install_dotnet_tools() {
  dotnet tool restore >"$results/dotnet-tools.log" 2>&1 ||
    say "dotnet tool restore failed (artifacts/tests/dotnet-tools.log); the tests that need its programs $fate"
}

# All of it, or a solution filter of what was chosen: one build in parallel. One compiler serves all projects, and ends with the build.
build() {
  local target=TsMapSurvey.sln log=$results/build.log project paths=()
  if ((${#projects[@]} < all)); then
    target=$results/chosen.slnf
    for project in "${projects[@]}"; do paths+=("\"tests/$project/$project.csproj\""); done
    (IFS=, && echo "{\"solution\": {\"path\": \"../../TsMapSurvey.sln\", \"projects\": [${paths[*]}]}}") >"$target"
  fi
  # No analyzer has seen what --quick compiled: the next build of everything compiles it again.
  local unseen=artifacts/not-analyzed how=()
  if $quick; then how=(-p:RunAnalyzers=false) && touch "$unseen"; elif ((${#projects[@]} == all)) && [[ -e $unseen ]]; then how=(--no-incremental); fi
  dotnet restore "$target" -v q >>"$log" 2>&1 || dotnet restore "$target" -v q >>"$log" 2>&1 || return 1
  dotnet build "$target" -c Release --no-restore -v q -tl:off "${how[@]}" >>"$log" 2>&1 || return 1
  $quick || ((${#projects[@]} < all)) || rm -f "$unseen"
}

# The steps of the Dockerfile, once: the test of the image starts what they make, and every other test starts its precompiled program. Where this fails, the
# test of the image carries out the steps itself and says why.
build_image() {
  local since=$SECONDS result=ok
  $thorough || export PrecompiledGenerics=false
  infra/docker/replay.sh --build-only --keep "$results/image" >"$results/image.log" 2>&1 || result=FAILED
  say "the image's steps: $result ($((SECONDS - since)) s)"
  end_compiler
  echo "$result" >"$results/image.result"
}

end_compiler() { dotnet build-server shutdown --vbcscompiler >>"$results/build.log" 2>&1 || true; }

# Stores in memory, if there is room and programs may run there: on a disk, most of the time of some programs is that of its directories.
use_memory() {
  local free made
  free=$(df --output=avail -k /dev/shm 2>"$results/memory.log" | tail -n 1) || return 0
  ((${free:-0} > 4000000)) && made=$(mktemp -d /dev/shm/tsmap-tests-XXXXXX 2>>"$results/memory.log") || return 0
  # shellcheck disable=SC2064
  trap "rm -rf '$made'" EXIT
  # PostgreSQL runs as a user of its own, who has to reach its folder.
  chmod 711 "$made"
  printf '#!/bin/sh\n' >"$made/run" && chmod +x "$made/run"
  ! "$made/run" 2>>"$results/memory.log" || memory=$made
}

# Whole servers and clusters, and what is compared with other programs: minutes, whatever was edited.
slow=(TsMapSurvey.Chaos.Tests TsMapSurvey.Cluster.Tests TsMapSurvey.Hostile.Tests)

# The longest first, those that start programs after those that do not; the last to end should be short ones.
first=(Server Grains Simulation Estimators)
processes=(Cli Cluster Chaos Hostile Architecture)
ordered=()
for name in "${first[@]}" "${processes[@]}"; do ordered+=("TsMapSurvey.$name.Tests"); done
for folder in tests/*.Tests; do
  name=$(basename "$folder")
  [[ " ${ordered[*]} " == *" $name "* ]] || ordered+=("$name")
done
projects=() all=0
for name in "${ordered[@]}"; do
  all=$((all + 1))
  wanted=$((${#chosen[@]} == 0))
  for one in "${chosen[@]}"; do [[ $name == "$one" || $name == "TsMapSurvey.$one" || $name == "TsMapSurvey.$one.Tests" ]] && wanted=1; done
  ! $quick || [[ " ${slow[*]} " != *" $name "* ]] || wanted=0
  ((wanted)) && projects+=("$name")
done
((${#projects[@]})) || give_up "no test project is called ${chosen[*]}"

# npm and the registry are waited for while the processor builds.
if $install; then
  install_debian
  { install_npm; install_dotnet_tools; } &
fi

say 'building (Release)'
build || give_up 'the build failed' "$results/build.log"
say 'built'
wait
use_memory

# Runs one test program. $1 is the name of the run; further arguments are NAME=VALUE for its environment.
run_tests() {
  local run=$1 project=${1%% *} file=${1//[^A-Za-z0-9.]/-} arguments=() code=0 since=$SECONDS
  shift
  [[ -z $filter ]] || arguments+=(--filter-method "*$filter*")
  ! $quick || arguments+=(--filter-not-trait Pace=slow)
  { TIMEFORMAT='%U %S'; time env ${memory:+"TMPDIR=$memory"} "$@" timeout --kill-after=10 840 "tests/$project/bin/Release/net10.0/$project" \
    --no-ansi --progress off --show-stdout Failed --show-stderr Failed --results-directory "$results" --report-xunit-ctrf --report-xunit-ctrf-filename "$file.json" "${arguments[@]}" \
    >"$results/$file.log" 2>&1; } 2>"$results/$file.time" || code=$?
  say "$(node tests/tools/tally.mjs one "$results" "$file" "$run" $code) ($((SECONDS - since)) s, $(processor "$file") s of a processor)"
}

# What a program and those that it started have computed, in seconds.
processor() { awk '{ printf "%.0f", $1 + $2 }' "$results/$1.time"; }

# The build already checks style and analyzers; of white space the files alone are read, not the projects.
check_format() {
  local since=$SECONDS result=ok
  dotnet format whitespace . --folder --verify-no-changes --include src tests --exclude tests/tools >"$results/format.log" 2>&1 || result=FAILED
  [[ $result == ok ]] || touch "$results/format.failed"
  say "dotnet format whitespace: $result ($((SECONDS - since)) s)"
}

in_turn() {
  while (($(jobs -rp | wc -l) >= jobs)); do wait -n || true; done
  "$@" &
}

# Waits for the image before the first program that can use it.
use_image() {
  while [[ ! -e $results/image.result ]]; do wait -n || true; done
  [[ $(<"$results/image.result") == ok ]] || return 0
  export TSMAP_TEST_IMAGE=$results/image TSMAP_TEST_PROGRAM=$results/image/final/app/tsmap
}

say "running ${#projects[@]} test project(s), $jobs in parallel"
if ((${#projects[@]} == all)) && [[ -z $filter ]]; then in_turn build_image; else end_compiler; fi
for project in "${projects[@]}"; do
  [[ $project != TsMapSurvey.Cli.Tests ]] || ((${#projects[@]} < all)) || [[ -n $filter ]] || use_image
  in_turn run_tests "$project"
done
for project in "${projects[@]}"; do
  [[ $project == TsMapSurvey.Likelihood.Tests ]] || continue
  ! $quick || continue
  for switch in DOTNET_EnableAVX512 DOTNET_EnableAVX2 DOTNET_EnableHWIntrinsic; do in_turn run_tests "$project ($switch=0)" "$switch=0"; done
done
if ((${#chosen[@]} == 0)) && [[ -z $filter ]] && ! $quick; then in_turn check_format; fi
wait

node tests/tools/tally.mjs all "$results"
