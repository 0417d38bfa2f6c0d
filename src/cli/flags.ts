import { type Command, Option } from 'commander'
import { ALGORITHM_NAMES } from '../reduce/algorithms.ts'
import { ARITHMETIC_NAMES } from '../reduce/arithmetics.ts'
import { JOIN_TIMEOUT } from './command.ts'

/** What every command that runs a study takes. */
export function studyFlags(command: Command): Command {
  return cleanFlags(jsonFlag(command))
    .option('--nodes <n>', 'node count of every arm; 1,2,4: an arm of each')
    .option('--algorithm <name>', `reduction order of every arm, or a list: ${ALGORITHM_NAMES}`)
    .option('--arithmetic <name>', `how two partial sums are added: ${ARITHMETIC_NAMES.join(', ')}`)
    .option('--transport <name>', 'how ranks reach each other: grpc')
    .option('--adapter <name>', 'swiftshader, lavapipe, or part of an adapter name (see gpu list)')
    .option('--cluster <spec>', 'the stated cluster: captured, or a spec (.yaml), to whose links netns shapes its own')
    .option('--launch <kind>', 'how workers are started: local, or netns: each in a network namespace of its own')
    .option('--seeds <list>', 'seeds, like 0-4 or 0,3,7')
    .option('--steps <n>', 'training steps')
    .option('--record-gradients <steps>', "keep every rank's gradient and the sum of these steps, like 1-5,20")
    .option('--replay-orders <run>', 'add in the orders that a run recorded; `run` then compares the weights')
    .option('--operator <name>', "who runs it; kept as a SHA-256 (default: git's user.email)")
    .option('--deterministic', 'refuse draws without a name, unplanned orders and inexact adapters; never warn')
    .option('--out <dir>', 'where runs/ is made', '.')
    .option('--join-timeout <seconds>', 'how long workers may take to get ready', JOIN_TIMEOUT)
}

/** The same, for one that may judge a claim. */
export function claimFlags(command: Command): Command {
  return studyFlags(command)
    .option('--quick', 'of a claim: run its own quick: block, and say so in the verdict')
    .option(
      '--on-another-cluster',
      'judge a claim of speed on a cluster that is not its own: what of that explains it?',
    )
}

/** Of a command that measures between nodes, on this machine or others. */
export function launchFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--launch <kind>', 'this machine on loopback, in network namespaces; or workers that others start')
        .choices(['local', 'netns', 'external'])
        .default('local'),
    )
    .option('--listen <address>', 'with --launch external: host:port (default: 127.0.0.1:0)')
    .option('--token-file <file>', 'holds the run token (default: REDUCIBLE_TOKEN, or a new one, printed once)')
    .option('--insecure', 'with --launch external: no token on a network')
    .option('--wait <seconds>', 'how long workers may take to come', '600')
}

/** Of a command that records the state of the tree. */
export function cleanFlags(command: Command): Command {
  return command
    .option('--require-clean', 'refuse a tree that is dirty, or unknown to git, before any work (on where CI=true)')
    .option('--no-require-clean', 'run such a tree all the same; its run folder says so')
}

export function jsonFlag(command: Command): Command {
  return command.option('--json', 'print one JSON document on stdout, all else on stderr')
}

/** For `addHelpText('after', …)`. */
export function examples(...lines: string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  npx --no-install reducible ${line}`)].join('\n')
}
