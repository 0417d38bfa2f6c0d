# Starts an agent for each rank on this host, and ends them when stdin ends: when whoever started this is gone, however it went.
# In: dir; ranks; worldSize; coordinator; wait, in seconds; token; placement.
export REDUCIBLE_TOKEN="$token" REDUCIBLE_PLACEMENT="$placement"
node=$dir/node_modules/.bin/node
[ -x "$node" ] || node=node
exec 3<&0 </dev/null
agents=
for rank in $ranks; do
  "$node" "$dir"/src/cli/main.[jt]s worker --coordinator "$coordinator" --rank "$rank" --world-size "$worldSize" --wait "$wait" 3<&- &
  agents="$agents $!"
done
# An agent that is asked to leave ends its nodes first.
{
  while read -r _ <&3; do :; done
  kill $agents
  sleep 5
  kill -KILL $agents
} >/dev/null 2>&1 &
watcher=$!
exec 3<&-
status=0
for agent in $agents; do wait "$agent" || status=$?; done
kill "$watcher"
exit "$status"
