# Starts an agent for each rank on this host, and ends them when stdin ends: when whoever started this is gone, however it went.
# In: dir, or image, by digest, and containers, how to call its containers; ranks; worldSize; coordinator; wait, in seconds; token; placement.
export REDUCIBLE_TOKEN="$token" REDUCIBLE_PLACEMENT="$placement"
if [ -n "$image" ]; then
  engine=$(command -v podman || command -v docker) || { echo "neither podman nor docker is here" >&2; exit 1; }
  # The network and the name are the host's; NVIDIA's driver comes as each engine has it.
  sharing='--network host --uts host'
  [ ! -e /dev/nvidiactl ] || case $engine in *podman) sharing="$sharing --device nvidia.com/gpu=all" ;; *) sharing="$sharing --gpus all" ;; esac
fi
reducible() {
  if [ -n "$image" ]; then
    exec "$engine" run --rm --name "$containers-$rank" $sharing -e REDUCIBLE_TOKEN -e REDUCIBLE_PLACEMENT \
      -e "REDUCIBLE_CONTAINER_DIGEST=${image##*@}" --entrypoint reducible "$image" "$@"
  fi
  node=$dir/node_modules/.bin/node
  [ -x "$node" ] || node=node
  exec "$node" "$dir"/src/cli/main.[jt]s "$@"
}
exec 3<&0 </dev/null
agents=
names=
for rank in $ranks; do
  reducible worker --coordinator "$coordinator" --rank "$rank" --world-size "$worldSize" --wait "$wait" 3<&- &
  agents="$agents $!"
  names="$names $containers-$rank"
done
# An agent that is asked to leave ends its nodes first. A container outlives whoever runs it.
{
  while read -r _ <&3; do :; done
  kill $agents
  sleep 5
  [ -z "$image" ] || "$engine" kill $names
  kill -KILL $agents
} >/dev/null 2>&1 &
watcher=$!
exec 3<&-
status=0
for agent in $agents; do wait "$agent" || status=$?; done
kill "$watcher"
exit "$status"
