import { type Command, Option } from 'commander'
import { CONTAINER_ENGINES } from '../../cluster/launch/image.ts'
import { ALGORITHM_NAMES } from '../reduce/algorithms.ts'
import { claimFlags, examples, jsonFlag, launchFlags } from './flags.ts'

/** `cluster capture`, `validate` and `compare`. */
export function addClusterCommands(program: Command): void {
  const cluster = program.command('cluster').description('the stated cluster: record it, check it, compare two')
  launchFlags(jsonFlag(cluster.command('capture')))
    .description('ask every node what it is, measure the links between them, and write a spec that a person can edit')
    .requiredOption('-o, --output <file>', 'the spec')
    .option('--nodes <n>', 'how many, up to 64', '2')
    .option('--adapter <name>', 'swiftshader, lavapipe, or part of an adapter name (see gpu list)', 'auto')
    .option('--stated <file>', 'what people state of it, like the bandwidth of links, which netns shapes them to')
    .option('--price-per-hour <price>', "of one node, like '3.20 USD'")
    .option('--anonymize', 'put node-0, node-1, … in place of host names and addresses')
    .addHelpText(
      'after',
      examples(
        'cluster capture --nodes 4 -o c.yaml',
        'cluster capture --nodes 2 -o c.yaml --anonymize',
        'cluster capture -o c.yaml --stated stated.yaml',
        'cluster capture -o c.yaml --launch netns',
        'cluster capture -o c.yaml --launch external',
      ),
    )
    .action(async (options) => (await import('./cluster-capture.ts')).clusterCaptureCommand(options))
  jsonFlag(cluster.command('validate <spec>'))
    .description('say whether a spec is enough for a claim, and what it still needs')
    .option('--for <kind>', 'numeric (same answer) or performance (same speed); exit 1 where it is not', 'numeric')
    .addHelpText('after', examples('cluster validate c.yaml', 'cluster validate c.yaml --for performance'))
    .action(async (spec, options) => (await import('./cluster-validate.ts')).clusterValidateCommand(spec, options))
  jsonFlag(cluster.command('compare <a> <b>'))
    .description('say where two specs differ, which reproducibility that threatens, and what gap it can explain')
    .option('--bytes <size>', 'of the vector whose all-reduce is predicted on both', '1M')
    .option('--algorithm <name>', `of that all-reduce: ${ALGORITHM_NAMES}`, 'ring')
    .option('--gap <times>', 'observed: a step takes so many times as long on B')
    .addHelpText(
      'after',
      examples('cluster compare a.yaml b.yaml', 'cluster compare a.yaml b.yaml --bytes 4M --gap 2.0'),
    )
    .action(async (a, b, options) => (await import('./cluster-compare.ts')).clusterCompareCommand(a, b, options))
}

/** What runs on the machines of a cluster: `coordinator`, `launch` and `worker`. */
export function addRoleCommands(program: Command): void {
  claimFlags(program.command('coordinator <file>'))
    .description(
      'run a study, or reproduce a claim, on workers that are started by hand or by a scheduler, on any hosts',
    )
    .option('--listen <address>', 'host:port, 0 for a free port (default: MASTER_ADDR and MASTER_PORT, or 127.0.0.1:0)')
    .option(
      '--world-size <n>',
      'workers to wait for (default: WORLD_SIZE, Slurm, Open MPI; else the most nodes of an arm)',
    )
    .option('--token-file <file>', 'holds the run token (default: REDUCIBLE_TOKEN, or a new one, printed once)')
    .option('--insecure', 'no token on a network; the manifest says so')
    .option('--wait <seconds>', 'how long workers may take to come', '600')
    .option('--address-file <file>', 'write the address there once it listens, for who starts the workers')
    .option('--job-script <file>', "a scheduler's script that started this; the run folder keeps a copy")
    .addHelpText(
      'after',
      examples(
        'coordinator configs/smoke.yaml --seeds 0',
        'coordinator STUDY --listen 0.0.0.0:4000',
        'coordinator CLAIM --quick',
      ),
    )
    .action(async (file, options) => (await import('./coordinator.ts')).coordinatorCommand(file, options))

  claimFlags(program.command('launch <file>'))
    .description('start workers on the machines of a cluster, and run a study or reproduce a claim on them')
    .option('--hosts <file>', "over ssh, on the hosts of mpirun's hostfile: `host slots=2`, a line each")
    .option('--slurm', 'as a Slurm job: a worker a task, the coordinator on the first node')
    .option('--kubernetes', 'as two Jobs: a coordinator, and a worker a node')
    .option('--image <reference>', 'NAME@sha256:… that every worker runs in; a tag is refused')
    .option('--time <time>', "limit of a job, like 10m or 1h (Slurm's default: the partition's; Kubernetes: 1h)")
    .option('--ssh <command>', 'with --hosts: ssh and its options, like "ssh -F FILE -i KEY"', 'ssh')
    .option('--remote-dir <dir>', 'with --hosts: tree of this commit there; copied if absent (default: in ~/.cache)')
    .option('--listen <address>', 'with --hosts: host:port that they reach (default: as this machine reaches them)')
    .option('--wait <seconds>', 'with --hosts: how long workers may take to come', '600')
    .option('--partition <name>', 'with --slurm: its partition (default: its own)')
    .option('--tasks-per-node <n>', 'with --slurm: workers on each machine', '1')
    .option('--gpus-per-task <n>', 'with --slurm: GPUs that each worker is given')
    .option('--job-name <name>', 'with --slurm: in the queue (default: of the study)')
    .addOption(
      new Option('--container <engine>', 'with --slurm and --image: what starts containers there')
        .choices(CONTAINER_ENGINES)
        .default('apptainer'),
    )
    .option('--dry-run', 'with --slurm: print the script, and submit nothing')
    .option('--render', 'with --kubernetes: print the manifests, for kubectl apply -f -')
    .option('--nvidia', 'with --kubernetes: one NVIDIA GPU a worker')
    .addHelpText(
      'after',
      examples(
        'launch --hosts hosts.txt STUDY',
        'launch --hosts hosts.txt --ssh "ssh -i KEY" STUDY',
        'launch --slurm configs/slurm-4.yaml',
        'launch --slurm configs/claims/smoke.yaml',
        'launch --slurm STUDY --dry-run > job.sh',
        'launch --kubernetes --render --image IMAGE STUDY',
      ),
    )
    .action(async (file, options) => (await import('./launch.ts')).launchCommand(file, options))

  program
    .command('worker')
    .description('be a worker of `reducible coordinator`: a fresh process on this host for each trial')
    .option('--coordinator <address>', 'host:port of the coordinator (default: MASTER_ADDR and MASTER_PORT)')
    .option('--rank <n>', 'rank wanted, refused where it is taken (default: RANK, Slurm, Open MPI; else any)')
    .option('--world-size <n>', 'workers of the run, to be checked (default: WORLD_SIZE, Slurm, Open MPI)')
    .option('--advertise <host>', 'where other workers reach this host (default: as it reaches the coordinator)')
    .option('--token-file <file>', 'holds the run token (default: REDUCIBLE_TOKEN)')
    .option('--insecure', 'go on a network without a token, where the coordinator does too')
    .option('--wait <seconds>', 'how long the coordinator may take to appear', '600')
    .addOption(new Option('--trial <id>', 'the trial to join; the launcher of a run gives this').hideHelp())
    .addOption(new Option('--index <n>', 'which of the launched workers this is').hideHelp())
    .addHelpText('after', examples('worker --coordinator 10.0.0.1:4000', 'worker --coordinator node-0:4000 --rank 2'))
    .action(async (options) => (await import('./worker.ts')).workerCommand(options))
}
