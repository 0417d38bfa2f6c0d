# Says what tree there is on this host, a line each: its folder, the kind of machine, `absent`, `broken` or what describe-tree says.
# In: dir, where the tree is wanted, from the home folder on, or empty; name, what it is called in the cache then.
dir=${dir:-${XDG_CACHE_HOME:-$HOME/.cache}/reducible/$name}
case $dir in /*) ;; *) dir=$HOME/$dir ;; esac
echo "$dir"
uname -sm
if [ -z "$(ls -A "$dir" 2>/dev/null)" ]; then echo absent; exit; fi
node=$dir/node_modules/.bin/node
[ -x "$node" ] || node=node
"$node" "$dir"/cluster/launch/ssh/describe-tree.[jt]s || echo broken
