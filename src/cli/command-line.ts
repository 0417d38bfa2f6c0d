import { Command, CommanderError } from 'commander'
import { ERROR_CODES } from '../core/errors.ts'
import { ALGORITHM_NAMES } from '../reduce/algorithms.ts'
import { ARITHMETIC_NAMES } from '../reduce/arithmetics.ts'
import { VALUE_NAMES } from '../study/value-names.ts'
import { addClusterCommands, addRoleCommands } from './cluster-commands.ts'
import { claimFlags, cleanFlags, examples, jsonFlag, launchFlags, studyFlags } from './flags.ts'

/** Parses the command line and runs the command. A command's file is loaded when the command is called. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  try {
    await commandLine().parseAsync(words, { from: 'user' })
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    process.exit(thrown.exitCode === 0 ? 0 : ERROR_CODES.usage.exit)
  }
}

/** Every command with its flags, none of them called. */
export function commandLine(): Command {
  const program = new Command('reducible')
    .description('Distributed SGD on real GPUs in a chosen reduction order, judged against a stated cluster.')
    .exitOverride()
    .showHelpAfterError('(reducible --help lists commands; reducible COMMAND --help its flags)')

  claimFlags(program.command('reproduce [claim]'))
    .description("run a claim's study and say whether the published result came out again")
    .option('--book', "instead: section 41.8's printed output, line for line, and where its digest comes from")
    .option('--seed <n>', 'with --book: the same from another seed, beside NumPy where it is installed')
    .addHelpText(
      'after',
      examples(
        'reproduce',
        'reproduce --quick --json',
        'reproduce configs/claims/mnist-softmax.yaml',
        'reproduce --book',
        'reproduce --book --seed 11',
      ),
    )
    .action(async (claim, options) =>
      options.book || options.seed !== undefined
        ? (await import('./reproduce-book.ts')).reproduceBookCommand(claim, options)
        : (await import('./reproduce.ts')).reproduceCommand(claim, options),
    )

  studyFlags(program.command('run <study>'))
    .description('run a study without a claim')
    .addHelpText(
      'after',
      examples(
        'run configs/mnist-full-batch.yaml',
        'run configs/capstone-41.8.yaml --nodes 4 --seeds 0',
        'run configs/arrival.yaml --replay-orders RUN',
      ),
    )
    .action(async (study, options) => (await import('./run.ts')).runStudyCommand(study, options))

  studyFlags(program.command('scale [study]'))
    .description('measure speedup and efficiency over node counts: curve, phases, fitted models, what was controlled')
    .option('--repeats <n>', 'trials of each arm and seed')
    .option('--mode <mode>', 'strong: one global batch; weak: training.batch for each rank')
    .option('--trace', 'write trace.json too, for Perfetto: what every node did when, on one clock')
    .option('--resume <run>', 'instead: finish a run that was stopped, in its own folder')
    .option('--redraw <run>', 'instead: make the curve and table of a run again from its records, byte for byte')
    .addHelpText(
      'after',
      examples(
        'scale configs/scaling-2-4-8.yaml',
        'scale STUDY --nodes 1,2,3,4 --repeats 6',
        'scale --redraw runs/latest',
      ),
    )
    .action(async (study, options) => (await import('./scale.ts')).scaleCommand(study, options))

  jsonFlag(program.command('replay <run>'))
    .description(
      'make a recorded run again, hold it against the record, and say which level it reached; a simulation: its bits',
    )
    .option('--explain', 'print why each step of the recipe is taken')
    .option('--level <level>', 'judge by a lower level than the claimed one; lets a dirty run be replayed')
    .option('--operator <name>', "who replays it; kept as a SHA-256 (default: git's user.email)")
    .option('--fresh', 'never the current tree: a worktree of the commit, and npm ci')
    .option('--perturb <list>', 'change an input on purpose, one run each: seed, nodes, order, adapter')
    .option('--swap <list>', 'attribute the difference to run B: code, study, environment, data, seeds, cluster')
    .option('--from <run>', 'run B of --swap')
    .option('--on-another-cluster', 'of a scaling run: measure the curve again though this cluster is another')
    .option('--out <dir>', 'where runs/ of the new runs is made', 'replays')
    .addHelpText(
      'after',
      examples(
        'replay runs/latest --explain',
        'replay runs/latest --perturb seed,nodes,order',
        'replay RUN_A --swap study,seeds --from RUN_B',
      ),
    )
    .action(async (run, options) => (await import('./replay.ts')).replayCommand(run, options))

  jsonFlag(program.command('headline <run>'))
    .description('print the one line of a run, from its files alone')
    .addHelpText('after', examples('headline runs/latest'))
    .action(async (run, options) => (await import('./headline.ts')).headlineCommand(run, options))

  jsonFlag(program.command('why <words...>'))
    .usage('[options] [number] <run>')
    .description('say where a printed number of a run comes from; without a number, what the run is')
    .addHelpText('after', examples('why runs/latest', 'why 0.0101 runs/latest', 'why 6.2x runs/latest --json'))
    .action(async (words, options) => (await import('./why.ts')).whyCommand(words, options))

  jsonFlag(program.command('compare <run...>'))
    .usage('[options] <run> [run]')
    .description('say whether two arms of a run differ, in the metric and in time; of two runs, in the metric')
    .option('--arms <two>', 'of one run: which arms, like 1-node,8-nodes (default: the first and the last)')
    .addHelpText(
      'after',
      examples('compare runs/latest', 'compare runs/latest --arms 1-node,4-nodes', 'compare RUN_A RUN_B --json'),
    )
    .action(async (runs, options) => (await import('./compare.ts')).compareCommand(runs, options))

  jsonFlag(program.command('audit [run...]'))
    .description(
      'check that a run, or a published claim, has all that its numbers rest on, and that it agrees with itself',
    )
    .option('--view <name>', 'rows: six (41.8), five (5.7), table (how pinned, how distributed), minimal', 'six')
    .option('--summary', 'a line a run, and which input fails most')
    .option('--deep', 'make data, rows of every step and the float64 oracle again')
    .option('--junit <file>', 'write JUnit XML there too')
    .option('--sarif <file>', 'write SARIF 2.1.0 there too')
    .option('--claim <file>', "instead: somebody else's claim, filled in as under configs/claims/examples/")
    .option(
      '--what-if [spec]',
      'of a claim of speed: is it possible on the fabric that it states, or on that of a spec?',
    )
    .addHelpText(
      'after',
      examples(
        'audit runs/latest',
        'audit runs/latest --view table --deep',
        'audit runs/*/2* --summary',
        'audit --claim CLAIM.yaml',
        'audit --claim CLAIM.yaml --what-if',
      ),
    )
    .action(async (runs, { claim, whatIf, ...options }) =>
      claim === undefined
        ? (await import('./audit.ts')).auditCommand(runs, { ...options, whatIf })
        : (await import('./audit-claim.ts')).auditClaimCommand(claim, { ...options, whatIf }),
    )

  jsonFlag(program.command('budget [run]'))
    .description('say what could make a second run come out otherwise: eliminated, bounded or open')
    .option('--check', 'run the study of RUN twice more, cut short, and compare the digests')
    .option('--mode <mode>', 'instead: explain the sources of sync, async or elastic training, or of all side by side')
    .option('--demo <mode>', 'instead: show what a seed does not control, on live processes: sync')
    .addHelpText('after', examples('budget runs/latest', 'budget runs/latest --check', 'budget --demo sync'))
    .action(async (run, options) => (await import('./budget.ts')).budgetCommand(run, options))

  jsonFlag(program.command('diagnose <run>'))
    .description('name the source of variation that the records of a run, or of a simulation, show')
    .addHelpText('after', examples('diagnose runs/latest', 'diagnose RUN --json'))
    .action(async (run, options) => (await import('./diagnose.ts')).diagnoseCommand(run, options))

  launchFlags(jsonFlag(program.command('bench')))
    .description('time all-reduces over sizes, algorithms, rank counts and transports, and check every buffer')
    .option('-b, --minbytes <size>', 'smallest vector', '1K')
    .option('-e, --maxbytes <size>', 'largest vector', '1M')
    .option('-f, --stepfactor <factor>', 'factor between sizes', '4')
    .option('-n, --iters <n>', 'timed all-reduces per row', '20')
    .option('-w, --warmup-iters <n>', 'untimed ones before, at least 3', '3')
    .option('-c, --check', 'compare every timed buffer with the twin; exit 1 where bits differ')
    .option('--ranks <list>', 'rank counts, like 2,4; one rank a node (default: 2)')
    .option('--nodes <list>', 'instead: node counts, each of --ranks-per-node threads that share memory')
    .option('--ranks-per-node <n>', 'of --nodes; with --ranks, for hierarchical: node i holds ranks i·n and up', '1')
    .option('--algorithm <list>', `all, or of: ${ALGORITHM_NAMES}`, 'ring')
    .option('--arithmetic <list>', `all, or of: ${ARITHMETIC_NAMES.join(', ')}`, 'f32')
    .option(
      '--transport <list>',
      'memory (tasks of one thread), shared (threads of one process), grpc (a process a rank)',
      'grpc',
    )
    .option('--place <way>', 'in, out (result in another buffer), both', 'in')
    .option('--aggregate <way>', 'a sample over ranks: max, mean, rank0', 'max')
    .option('--sync <way>', 'barrier before each all-reduce (not timed), or none', 'barrier')
    .option('--skew <how>', 'ranks come late: none, exp:MS (each, on average), rank:R:MS (rank R)', 'none')
    .option('--seed <n>', 'of the delays of --skew exp', '0')
    .option('--inputs <kind>', 'rounding, or special: with NaNs, infinities, zeros and subnormals', 'rounding')
    .option('--launches <k>', 'fresh ranks this often; above 1 a row is of launches', '1')
    .option('--until-ci <share>', 'more all-reduces until the 95 % interval of p50 is within this, like 2%')
    .option('--max-iters <n>', 'with --until-ci: at most so many', '1000')
    .option('--time-budget <time>', 'begin no more after this, like 90s or 10m, and name what is missing', '10m')
    .option('--segment <size>', 'grpc: bytes of one message (default: 1M)')
    .option('--window <size>', 'grpc: bytes on their way before the receiver must take some (default: 16M)')
    .option('--connections <k>', 'grpc: connections from one rank to another (default: 1)')
    .option('--cluster <spec>', 'with --launch netns: whose stated links it makes its own like')
    .option('--pairs', 'instead: latency (-b) and bandwidth (-e) of each pair of ranks, alone and all busy')
    .option('--csv <file>', 'write the rows there too; - for stdout, in place of the tables')
    .option('--out <dir>', 'where runs/bench is made', '.')
    .option('--explain <algorithm>', 'draw the moves and trees of a schedule instead')
    .option('--svg <file>', 'with --explain: write the picture there')
    .addHelpText(
      'after',
      examples(
        'bench --ranks 2,4 -b 1K -e 16M -c',
        'bench --nodes 2,4 --ranks-per-node 2 -c',
        'bench --transport shared --launches 5 --until-ci 2%',
        'bench --launch netns --cluster c.yaml --ranks 2,4',
        'bench --skew exp:2 --algorithm ring,arrival',
        'bench -b 16M -e 16M --segment 256K --connections 2',
        'bench --ranks 4 --pairs -b 4 -e 4M',
        'bench --transport memory --csv - > rows.csv',
        'bench --explain bcube:2 --ranks 6 --svg bcube.svg',
      ),
    )
    .action(async (options) => (await import('./bench.ts')).benchCommand(options))

  cleanFlags(jsonFlag(program.command('spread')))
    .description('measure how far the order of a sum moves its result')
    .option('--book', 'print the table of section 5.7; --seed, --count, --mix and --fraction change its array')
    .option(
      '--orders <k>',
      'sum every array in k random orders (at most 10000), sorted, by algorithm and adversarially',
    )
    .option('--diff <run...>', 'say where two run folders part, and why')
    .option('--cluster <study>', 'reduce gradients on live processes in every order, and train under several')
    .option('--values <list>', `all, or of: ${VALUE_NAMES.join(', ')}`, 'normal')
    .option('--mix <list>', 'what large elements are multiplied with (default: 1,1e2,1e4,1e8,1e12; --book: 1e8)')
    .option('--fraction <share>', 'of large elements, like 1/3 or 0.25', '1/3')
    .option('--count <n>', 'elements of an array', '1e6')
    .option('--arrays <r>', 'arrays of each kind of values and mix', '20')
    .option('--ranks <p>', 'ranks that share an array under the algorithms', '8')
    .option('--seed <n>', "of NumPy's default_rng; array i takes seed + i", '7')
    .option('--numpy', "NumPy's permutations instead of our own stream's")
    .option('--out <dir>', 'where runs/ is made', '.')
    .addHelpText(
      'after',
      examples(
        'spread --book',
        'spread --book --seed 11 --json',
        'spread --orders 50 --values all --mix 1,1e4,1e8',
        'spread --diff runs/arrival/A runs/arrival/B',
        'spread --cluster configs/spread-mnist-mlp.yaml',
      ),
    )
    .action(async (options) => (await import('./spread.ts')).spreadCommand(options))

  const gpu = program.command('gpu').description('adapters, and what they can do')
  jsonFlag(gpu.command('list'))
    .description('list every adapter a run could use')
    .addHelpText('after', examples('gpu list', 'gpu list --json'))
    .action(async (options) => (await import('./gpu.ts')).gpuListCommand(options))
  jsonFlag(gpu.command('bench'))
    .description("measure an adapter's roofline, and every training kernel against it")
    .option('--adapter <name>', 'swiftshader, lavapipe, or part of an adapter name (see gpu list)', 'auto')
    .addHelpText('after', examples('gpu bench', 'gpu bench --adapter swiftshader --json'))
    .action(async (options) => (await import('./gpu-bench.ts')).gpuBenchCommand(options))

  jsonFlag(gpu.command('probe'))
    .description('ask an adapter what arithmetic it really does: rounding, fusing, reordering, subnormals, orders')
    .option('--adapter <name>', 'swiftshader, lavapipe, or part of an adapter name (see gpu list)', 'auto')
    .addHelpText('after', examples('gpu probe', 'gpu probe --adapter swiftshader --json'))
    .action(async (options) => (await import('./gpu-probe.ts')).gpuProbeCommand(options))

  addClusterCommands(program)

  jsonFlag(program.command('simulate <study>'))
    .description('predict the time and the exact bits of a study on a stated cluster of any size, in virtual time')
    .option('--cluster <spec>', "whose links and add rates are taken (default: the study's)")
    .option('--nodes <list>', "node counts, one arm each, like 8,64,512 (default: the study's arms)")
    .option('--algorithm <list>', `reduction orders, one arm each: ${ALGORITHM_NAMES}`)
    .option('--arithmetic <name>', `how two partial sums are added: ${ARITHMETIC_NAMES.join(', ')}`)
    .option('--seeds <list>', 'seeds of the study, like 0-4 or 0,3,7')
    .option('--steps <n>', "steps (default: the study's with values, one without)")
    .option('--values', 'carry values above 64 nodes too')
    .option('--no-values', 'time alone, without bits')
    .option('--compute-ms <ms>', 'what the gradient of the whole batch takes one node')
    .option('--from <run>', 'instead: take that from a recorded run')
    .option(
      '--topology <form>',
      'switch, ring, torus:AxB, fat-tree:NODES:RATIO, zones:NODES:RATIO:RACKS:RATIO:MICROSECONDS',
      'switch',
    )
    .option('--segment <size>', "bytes that travel as one (default: the spec's)")
    .option('--jitter-us <mean>', 'delay every message by that much on average, exponentially', '0')
    .option('--seed <n>', 'of the delays', '0')
    .option('--background <share>', 'what other traffic takes of every port and link, below 1', '0')
    .option('--straggler <node:factor...>', 'nodes that compute and add so many times as slowly')
    .option('--unrest <share>', 'delay every gradient by that share of its time on average, exponentially', '0')
    .option('--replay-orders <run>', 'add in the arrival orders that a run recorded')
    .option('--out <dir>', 'where runs/simulated is made', '.')
    .addHelpText(
      'after',
      examples(
        'simulate STUDY --cluster SPEC --nodes 8,64,4096',
        'simulate STUDY --cluster SPEC --compute-ms 50',
        'simulate STUDY --topology fat-tree:16:4 --no-values',
        'simulate STUDY --replay-orders RUN --json',
      ),
    )
    .action(async (study, options) => (await import('./simulate.ts')).simulateCommand(study, options))

  jsonFlag(program.command('doctor'))
    .description('say what this machine lacks, and the command that mends it')
    .addHelpText('after', examples('doctor'))
    .action(async (options) => (await import('./doctor.ts')).doctorCommand(options))

  addRoleCommands(program)

  return program
}
