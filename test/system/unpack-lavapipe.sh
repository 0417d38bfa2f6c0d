#!/usr/bin/env bash
# Unpacks Mesa's lavapipe >= 25 and what it needs from Debian 12's backports into a folder, beside the system, and prints
# the folder. Needs root for apt's locks; installs nothing. Usage: unpack-lavapipe.sh FOLDER
set -euo pipefail
folder=$1
icd=$folder/lvp_icd.json
if [ ! -e "$icd" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/lists/partial" "$work/archives/partial" "$folder"
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  for suite in bookworm bookworm-updates bookworm-backports; do
    echo "deb [signed-by=$keyring] http://deb.debian.org/debian $suite main"
  done >"$work/sources.list"
  apt=(apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$work/lists"
    -o Dir::Cache::Archives="$work/archives" -o APT::Sandbox::User=root -o Debug::NoLocking=1)
  "${apt[@]}" update >&2
  "${apt[@]}" install --download-only --yes --no-install-recommends -t bookworm-backports mesa-vulkan-drivers libvulkan1 >&2
  for package in "$work"/archives/*.deb; do dpkg -x "$package" "$folder"; done
  library=$(find "$folder" -name 'libvulkan_lvp.so')
  [ -n "$library" ]
  printf '{"file_format_version": "1.0.0", "ICD": {"library_path": "%s", "api_version": "1.4.0"}}\n' "$library" >"$icd.part"
  mv "$icd.part" "$icd"
fi
echo "$folder"
