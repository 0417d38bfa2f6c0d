# Unpacks the tar on stdin beside a folder, which gets its name only when the tree in it is whole and says what it should.
# In: dir; expected, what describe-tree is to say.
set -eu
part=$dir.part.$(uname -n).$$ # hosts may share the folder
trap 'rm -rf "$part"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$part"
tar -xof - -C "$part"
node=$part/node_modules/.bin/node
found=$("$node" "$part"/cluster/launch/ssh/describe-tree.[jt]s)
if [ "$found" != "$expected" ]; then
  echo "the copy says $found" >&2
  exit 1
fi
# mv would move into a folder that somebody else has made by now; this fails, and theirs is as good.
"$node" -e 'require("node:fs").renameSync(process.argv[1], process.argv[2])' "$part" "$dir" || [ -e "$dir/package-lock.json" ]
