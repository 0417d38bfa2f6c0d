#!/usr/bin/env bash
# A real Slurm cluster of several nodes on one machine, for tests: munged, slurmctld and a slurmd per node, none of them as a
# service. Everything is under ${TMPDIR:-/tmp}/reducible-slurm-UID, where `reducible launch --slurm` finds it by itself; for
# sbatch and squeue by hand: eval "$(one-host.sh start)". Any user may start one.
# Usage: one-host.sh start [NODES] | stop | status
set -euo pipefail

folder=${TMPDIR:-/tmp}/reducible-slurm-$(id -u)
conf=$folder/slurm.conf
user=$(id -un)
host=$(hostname -s)
PATH=$PATH:/usr/sbin:/sbin

main() {
  case ${1-} in
    start) start "${2-4}" ;;
    stop) stop ;;
    status) status ;;
    *) fail "usage: one-host.sh start [NODES] | stop | status" ;;
  esac
}

start() {
  local nodes=$1
  [[ $nodes =~ ^[1-9][0-9]?$ ]] || fail "NODES must be a whole number from 1 to 99 (got '$nodes')"
  local program
  for program in munged slurmctld slurmd sbatch; do
    command -v "$program" >/dev/null || fail "$program is missing: apt-get install --no-install-recommends slurm-wlm munge"
  done
  if is_up; then say "already running"; else
    stop # what a crash left
    mkdir -m 711 "$folder" # munged wants its socket within reach of all
    trap 'tail -n 3 "$folder"/log/* >&2; stop; say "Slurm did not start"' EXIT
    mkdir "$folder/state" "$folder/log"
    write_conf "$nodes"
    (umask 077 && head -c 1024 /dev/urandom >"$folder/munge.key")
    munged --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
      --log-file="$folder/log/munged.log" --seed-file="$folder/munge.seed"
    slurmctld -f "$conf" 2>/dev/null
    local node
    for ((node = 0; node < nodes; node++)); do slurmd -f "$conf" -N "n$node"; done
    within 10 all_idle "$nodes"
    trap - EXIT
    say "$nodes nodes, n0 to n$((nodes - 1)), are idle"
  fi
  echo "export SLURM_CONF=$conf"
}

# Jobs are cancelled first, so that their steps end in order; then the daemons, and whatever outlived a daemon that was killed.
stop() {
  [ -d "$folder" ] || return 0
  [ -O "$folder" ] || fail "$folder belongs to somebody else"
  if is_up; then
    SLURM_CONF=$conf scancel --user="$user" || true
    within 10 no_jobs || true
  fi
  signal TERM
  within 4 none_left || signal KILL # a slurmd whose controller is gone takes its time
  within 4 none_left
  rm -rf "$folder"
}

status() {
  is_up || fail "no Slurm is running under $folder"
  SLURM_CONF=$conf sinfo
}

# Ports are free ones: another user may have a cluster, too.
write_conf() {
  local ports node
  mapfile -t ports < <(free_ports $((1 + $1)))
  cat >"$conf" <<END
ClusterName=reducible
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd-%n.log
# No cgroups and no pinning: the nodes share the machine.
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
# A test waits for nobody: jobs start as they come, and are refused where they never could.
SchedulerParameters=batch_sched_delay=0,sched_interval=1
EnforcePartLimits=ALL
ReturnToService=2
KillWait=2
InactiveLimit=0
END
  for ((node = 0; node < $1; node++)); do
    echo "NodeName=n$node NodeHostname=$host NodeAddr=127.0.0.1 Port=${ports[node + 1]} CPUs=1" >>"$conf"
  done
  echo "PartitionName=all Nodes=n[0-$(($1 - 1))] Default=YES MaxTime=60 State=UP" >>"$conf"
}

free_ports() {
  local port=$((20000 + $(id -u) % 100 * 100)) found=0
  while ((found < $1)); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      found=$((found + 1))
    fi
    port=$((port + 1))
  done
}

is_up() { [ -O "$conf" ] && SLURM_CONF=$conf timeout 5 scontrol ping 2>/dev/null | grep -q 'is UP'; }
all_idle() { [ "$(SLURM_CONF=$conf sinfo -h -t idle -o %D 2>/dev/null)" = "$1" ]; }
no_jobs() { [ -z "$(SLURM_CONF=$conf squeue -h 2>/dev/null)" ]; }
none_left() { [ -z "$(ours)" ]; }

# Our daemons name the folder on their command lines or write their logs in it; the tasks of a job have its number, and our
# configuration, in their environment.
ours() {
  local process pid
  for process in /proc/[0-9]*; do
    pid=${process#/proc/}
    [ -O "$process" ] && [ "$pid" != $$ ] && [ "$pid" != "$BASHPID" ] || continue
    case $(cat "$process/comm" 2>/dev/null) in
      munged | slurmctld | slurmd | slurmstepd)
        { grep -qsF "$folder/" "$process/cmdline" || find "$process/fd" -lname "$folder/*" 2>/dev/null | grep -q .; } && echo "$pid"
        ;;
      *)
        grep -qszxF "SLURM_CONF=$conf" "$process/environ" && grep -qsz '^SLURM_JOB_ID=' "$process/environ" && echo "$pid"
        ;;
    esac
  done
  true
}

signal() {
  local pid
  for pid in $(ours); do kill "-$1" "$pid" 2>/dev/null || true; done
}

# within SECONDS COMMAND…
within() {
  local until=$((SECONDS + $1))
  until "${@:2}"; do
    ((SECONDS < until)) || return 1
    sleep 0.1
  done
}

say() { echo "one-host.sh: $*" >&2; }
fail() { say "$*"; exit 1; }

main "$@"
