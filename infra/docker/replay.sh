#!/usr/bin/env bash
# Builds and starts what the Dockerfile describes, without Docker: every stage is a folder, and its RUN steps run there.
# Needs on this machine what the base images contain: npm, the .NET SDK and the ASP.NET Core runtime.
set -euo pipefail

usage() {
  cat <<'TEXT'
infra/docker/replay.sh [--keep FOLDER | --built FOLDER] [--build-only] [--serve]

  default        builds, then starts the entry point with --help
  --serve        then also starts the entry point with the image's CMD on free ports, runs the image's
                 HEALTHCHECK until it succeeds (60 s at most), stops the server, and expects exit code 0
  --build-only   only builds
  --keep FOLDER  works in FOLDER, which is emptied first and kept
  --built FOLDER builds nothing: starts what an earlier run with --keep FOLDER has built of the same tree
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work='' mode=help built=false
while (($#)); do
  case $1 in
    --keep) work=${2:?--keep needs a folder}; shift 2 ;;
    --built) work=${2:?--built needs a folder} built=true; shift 2 ;;
    --build-only) mode=build; shift ;;
    --serve) mode=serve; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
server=''
stop() {
  if [[ -n $server ]]; then { kill -KILL "$server" && wait "$server"; } 2>/dev/null || true; fi
}
if $built; then
  work=$(cd "$work" && pwd)
  trap stop EXIT
elif [[ -n $work ]]; then
  rm -rf "$work"
  mkdir -p "$work"
  work=$(cd "$work" && pwd)
  trap stop EXIT
else
  work=$(mktemp -d)
  trap 'stop; rm -rf "$work"' EXIT
fi

fail() {
  echo "Dockerfile: $*" >&2
  exit 1
}

# The base images set APP_UID. Only root may chown to another user, so without root use the current one.
if [[ $(id -u) == 0 ]]; then export APP_UID=1654; else APP_UID=$(id -u); export APP_UID; fi

# The build context according to .dockerignore, which may have lines "*", exceptions "!path" and exclusions "**/name".
context=$work/context
mkdir -p "$context"
excluded=() included=()
while IFS= read -r line; do
  case $line in
    '' | '#'* | '*') ;;
    '!'*) included+=("${line#!}") ;;
    '**/'*) excluded+=(--exclude "${line#\*\*/}") ;;
    *) fail ".dockerignore: '$line' is not supported by this script" ;;
  esac
done <"$root/.dockerignore"
for entry in "${included[@]}"; do [[ -e $root/$entry ]] || fail ".dockerignore keeps $entry, which does not exist"; done
$built || tar -C "$root" -c "${excluded[@]}" "${included[@]}" | tar -C "$context" -x

# The words of an instruction in exec form, one per line, without JSON escapes.
words() { node -e 'for (const word of JSON.parse(process.argv[1])) console.log(word)' "$1"; }

expand() { local text=$1; text=${text//\$\{APP_UID\}/$APP_UID}; printf '%s' "${text//\$APP_UID/$APP_UID}"; }

# A path in the image as a path on this machine, below the stage's folder.
inside() { case $1 in /*) printf '%s' "$stage$1" ;; *) printf '%s' "$stage$directory/$1" ;; esac; }

stage='' directory='' entry='' command='' health=''
variables=() folders=()
copy() {
  local from=$context parts=() part target
  for part in $1; do
    case $part in
      --from=*) from=$work/stage-${part#--from=}; [[ -d $from ]] || fail "COPY --from names no earlier stage: $part" ;;
      --chown=* | --chmod=*) ;;
      --*) fail "COPY $part is not supported by this script" ;;
      *) parts+=("$part") ;;
    esac
  done
  target=$(inside "${parts[-1]}")
  unset 'parts[-1]'
  if [[ ${#parts[@]} == 1 ]]; then mkdir -p "$(dirname "$target")"; else mkdir -p "$target"; fi
  for part in "${parts[@]}"; do
    [[ -e $from/${part#/} ]] || fail "COPY $part: no such file in the build context (does .dockerignore exclude it?)"
    if [[ -d $from/${part#/} ]]; then mkdir -p "$target"; cp -a "$from/${part#/}/." "$target/"; else cp -a "$from/${part#/}" "$target"; fi
  done
}

step() {
  local word=${1%% *} rest
  rest=$(sed -E 's/^[A-Z]+ +//' <<<"$1")
  echo "--- $word $rest"
  case $word in
    FROM)
      variables=() folders=() directory=/ entry='' command='' health=''
      stage=$work/stage-$(sed -nE 's/.* AS +([a-z]+)$/\1/ip' <<<"$rest")
      [[ $stage != "$work/stage-" ]] || stage=$work/final
      mkdir -p "$stage"
      ;;
    WORKDIR) directory=$rest; folders+=("$rest"); mkdir -p "$stage$rest" ;;
    COPY) $built || copy "$(expand "$rest")" ;;
    ENV) local pair; for pair in $rest; do variables+=("$pair"); done ;;
    RUN)
      ! grep -qE '(^|[ "=])/[a-z]' <<<"$rest" || fail "RUN with an absolute path is not supported by this script: $rest"
      $built || (cd "$stage$directory" && env "${variables[@]}" sh -euc "$rest") || fail "failed: RUN $rest"
      ;;
    ENTRYPOINT) entry=$rest ;;
    CMD) command=$rest ;;
    HEALTHCHECK) health=${rest#*CMD } ;;
    USER) [[ $(expand "$rest") != 0 && $rest != root ]] || fail 'the image must not run as root' ;;
    ARG | EXPOSE | VOLUME | LABEL) ;;
    *) fail "$word is not supported by this script" ;;
  esac
}

instructions=$(sed -e 's/[[:space:]]*$//' -e '/^#/d' "$root/Dockerfile" | sed -e ':join' -e '/\\$/{N' -e 's/ *\\\n */ /' -e 'b join' -e '}')
while IFS= read -r instruction <&4; do
  [[ -z $instruction ]] || step "$instruction"
done 4<<<"$instructions"

grep -q '^USER ' <<<"$instructions" || fail 'no USER: the image would run as root'
[[ $stage == "$work/final" ]] || fail 'the last stage must have no name'
[[ -n $entry && -n $health ]] || fail 'the last stage needs ENTRYPOINT and HEALTHCHECK in exec form'
mapfile -t start < <(words "$entry")
[[ -x $(inside "${start[0]}") ]] || fail "the entry point ${start[0]} is not an executable file"
[[ $mode != build ]] || exit 0

# Variables that name a folder of the image get the folder of the stage.
moved=()
for pair in "${variables[@]}"; do
  for folder in "${folders[@]}"; do [[ ${pair#*=} != "$folder" ]] || pair=${pair%%=*}=$stage$folder; done
  moved+=("$pair")
done
cd "$stage$directory"

echo "--- ${start[*]} --help"
env "${moved[@]}" "${start[@]}" --help
[[ $mode == serve ]] || exit 0

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
declare -A port
for fixed in 8080 8081 11111 30000; do port[$fixed]=$(free_port); done
mapfile -t serve < <(words "$command")
mapfile -t check < <(words "$health")
# Replace at most one port in each word: a chosen port may contain the digits of another one.
for word in "${!serve[@]}"; do
  for fixed in "${!port[@]}"; do
    [[ ${serve[word]} == *"$fixed" ]] || continue
    serve[word]=${serve[word]%"$fixed"}${port[$fixed]}
    break
  done
done
for fixed in "${!port[@]}"; do
  check=("${check[@]//\/$fixed/\/${port[$fixed]}}")
done
serve=("${serve[@]//0.0.0.0/127.0.0.1}")

echo "--- ${start[*]} ${serve[*]}"
env "${moved[@]}" "${start[@]}" "${serve[@]}" >"$work/serve.log" 2>&1 &
server=$!
healthy=false
for _ in {1..120}; do
  if ! kill -0 "$server" 2>>"$work/check.log"; then
    code=0
    wait "$server" || code=$?
    server=''
    tail -n 50 "$work/serve.log" >&2
    fail "the server stopped unexpectedly with exit code $code"
  fi
  if "${check[@]}" 2>>"$work/check.log"; then healthy=true; break; fi
  sleep 0.5
done
if ! $healthy; then
  tail -n 50 "$work/serve.log" >&2
  fail 'the server did not become healthy'
fi
echo '--- healthy; SIGTERM'
kill -TERM "$server"
code=0
wait "$server" || code=$?
server=''
((code == 0)) || { tail -n 50 "$work/serve.log" >&2; fail "the server stopped with exit code $code after SIGTERM, expected 0"; }
echo '--- stopped cleanly'
