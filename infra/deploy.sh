#!/usr/bin/env bash
# Deploys bicep/main.bicep and the image of this checkout. Shows what would change and asks before every change.
set -euo pipefail

usage() {
  cat <<'TEXT'
infra/deploy.sh --group NAME --location REGION [--system tsmap] [--stage dev|test|prod] [--image NAME:TAG] [--what-if] [--yes]

  --image     an image that is already in the registry; default: builds this checkout there as tsmap:COMMIT
  --what-if   shows what would change and stops
  --yes       asks no questions (for pipelines)

The key for writing is TSMAP_KEY, else that of the existing app, else a new one. With TSMAP_READ_KEY, or
if the existing app has such a key, reading needs it.
Needs the az CLI, signed in (az login), with rights to create resources and role assignments in the group.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
group='' location='' image='' only_show=false yes=false
export TSMAP_SYSTEM=tsmap TSMAP_STAGE=dev TSMAP_IMAGE=''
while (($#)); do
  case $1 in
    --group) group=${2:?}; shift 2 ;;
    --location) location=${2:?}; shift 2 ;;
    --system) TSMAP_SYSTEM=${2:?}; shift 2 ;;
    --stage) TSMAP_STAGE=${2:?}; shift 2 ;;
    --image) image=${2:?}; shift 2 ;;
    --what-if) only_show=true; shift ;;
    --yes) yes=true; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
[[ -n $group && -n $location ]] || { usage >&2; exit 2; }
command -v az >/dev/null || { echo 'az is not installed: https://learn.microsoft.com/cli/azure/install-azure-cli' >&2; exit 1; }

deployment=tsmap-$TSMAP_STAGE
parameters=$root/bicep/main.bicepparam

confirm() {
  $yes && return 0
  local answer
  read -r -p "$1 [y/N] " answer || answer=''
  [[ $answer == [yY] ]] || { echo 'nothing was changed'; exit 1; }
}

# Shows the changes, asks, and deploys.
deploy() {
  az deployment group what-if --resource-group "$group" --name "$deployment" --parameters "$parameters"
  if $only_show; then return 0; fi
  confirm "Deploy this to $group?"
  az deployment group create --resource-group "$group" --name "$deployment" --parameters "$parameters" --output none
}

output() { az deployment group show --resource-group "$group" --name "$deployment" --query "properties.outputs.$1.value" --output tsv; }

# Keep the existing key, so that the clients' key stays valid.
app=ca-$TSMAP_SYSTEM-$TSMAP_STAGE
show_key=(az containerapp secret show --resource-group "$group" --name "$app" --secret-name write-key --query value --output tsv)
[[ -n ${TSMAP_KEY:-} ]] || TSMAP_KEY=$("${show_key[@]}" 2>/dev/null) || TSMAP_KEY=''
[[ -n $TSMAP_KEY ]] || TSMAP_KEY=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')
((${#TSMAP_KEY} >= 16)) || { echo 'TSMAP_KEY: expected 16 characters or more' >&2; exit 2; }
# Reading stays closed where it is.
[[ -n ${TSMAP_READ_KEY:-} ]] || TSMAP_READ_KEY=$("${show_key[@]/write-key/read-key}" 2>/dev/null) || TSMAP_READ_KEY=''
((${#TSMAP_READ_KEY} == 0 || ${#TSMAP_READ_KEY} >= 16)) || { echo 'TSMAP_READ_KEY: expected 16 characters or more' >&2; exit 2; }
export TSMAP_KEY TSMAP_READ_KEY

if [[ $(az group exists --name "$group") != true ]]; then
  if $only_show; then
    echo "the resource group $group does not exist yet: everything in bicep/ would be created"
    exit 0
  fi
  confirm "Create the resource group $group in $location?"
  az group create --name "$group" --location "$location" --output none
fi

# The registry has to exist before an image can be built in it, so the first deployment leaves the app out.
if ! registry=$(output registryName 2>/dev/null) || [[ -z $registry ]]; then
  deploy
  $only_show && exit 0
  registry=$(output registryName)
fi

if [[ -z $image ]]; then
  image=tsmap:$(git -C "$root" rev-parse --short=12 HEAD)
  [[ -z $(git -C "$root" status --porcelain) ]] || image+=-changed
  if ! $only_show; then
    confirm "Build $image in $registry?"
    az acr build --registry "$registry" --image "$image" "$root"
  fi
fi
TSMAP_IMAGE=$image
deploy
$only_show && exit 0
echo "store  $(output storeUrl)"
echo "app    $(output url)"
echo "key    ${show_key[*]}"
