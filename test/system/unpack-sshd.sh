#!/usr/bin/env bash
# Unpacks OpenSSH's server out of the machine's own apt sources into a folder, beside the system, and prints the folder. Needs root for
# apt's locks; installs nothing. Usage: unpack-sshd.sh FOLDER
set -euo pipefail
folder=$1
if [ ! -x "$folder/usr/sbin/sshd" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/lists/partial" "$work/archives" "$work/root"
  apt=(apt-get -qq -o Dir::State::Lists="$work/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root
    -o Debug::NoLocking=1)
  "${apt[@]}" update >&2
  (cd "$work/archives" && "${apt[@]}" download openssh-server libwrap0 >&2)
  for package in "$work"/archives/*.deb; do dpkg -x "$package" "$work/root"; done
  rm -rf "$folder"
  mv "$work/root" "$folder"
fi
echo "$folder"
