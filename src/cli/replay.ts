import { ReducibleError } from '../core/errors.ts'
import { type InputDifference, inputDifferences } from '../evidence/input-differences.ts'
import { checkValues, type RecoveredArm, recoverArms } from '../evidence/recovered-values.ts'
import {
  achievedLevel,
  checkBits,
  checkConclusion,
  conclusionOf,
  expectedLevel,
  type Level,
  type LevelChecks,
  type ReplayKind,
  replayKind,
  replayVerdict,
  type TrialBits,
  trialBits,
} from '../evidence/replay-level.ts'
import type { Verdict } from '../evidence/verdict.ts'
import { operatorDigest } from '../record/operator.ts'
import { type CommandResult, runCommand } from './command.ts'
import { isScalingRun } from './recorded-scaling.ts'
import { perturbRun } from './replay-perturb.ts'
import { replayScaling } from './replay-scaling.ts'
import {
  claimedLevel,
  type ReplayableRun,
  type ReplayOptions,
  ReplaySession,
  type ReplayStep,
  studyNameOf,
} from './replay-session.ts'
import { isSimulation, replaySimulation } from './replay-simulation.ts'
import { swapInputs } from './replay-swap.ts'
import { replayText } from './replay-text.ts'

/** replay-verdict.json of a run that replays another: what it depended on, what it came to, and which level that shows. */
export interface ReplayVerdict {
  readonly schemaVersion: 1
  /** Run ids. */
  readonly of: string
  readonly run: string
  readonly kind: ReplayKind
  /** Operators are digests of names that nobody signs. */
  readonly signed: false
  readonly verdict: Verdict['verdict']
  readonly level: { readonly claimed: Level | null; readonly expected: Level; readonly achieved: Level }
  readonly whyExpected: readonly string[]
  readonly checks: LevelChecks
  readonly inputsThatDiffer: readonly InputDifference[]
  readonly trials: readonly TrialBits[]
  readonly arms: readonly RecoveredArm[]
  readonly steps: readonly ReplayStep[]
}

/** `reducible replay RUN`: makes a recorded run again and says which level that reached. */
export async function replayCommand(run: string, options: ReplayOptions): Promise<never> {
  return runCommand('replay', options, async (signal) => {
    const { perturb, swap, from } = options
    if ((swap === undefined) !== (from === undefined)) {
      throw new ReducibleError('usage', '--swap and --from go together', {
        remedy: 'name the inputs to swap, and the run they come from',
      })
    }
    if (swap !== undefined && perturb !== undefined) {
      throw new ReducibleError('usage', '--swap and --perturb are two questions', { remedy: 'ask one at a time' })
    }
    if (swap !== undefined || perturb !== undefined) refuseOnAnotherCluster(options, 'an input is changed on purpose')
    if (isSimulation(run)) return replaySimulation(run, options, signal)
    const session = new ReplaySession(options, signal)
    if (swap !== undefined && from !== undefined) return swapInputs(session, run, from, swap)
    return perturb === undefined ? replayRun(session, run) : perturbRun(session, run, perturb)
  })
}

async function replayRun(session: ReplaySession, run: string): Promise<CommandResult> {
  const { options } = session
  const recorded = session.open(run)
  const claimed = claimedLevel(options, recorded)
  if (isScalingRun(recorded.run)) return replayScaling(session, recorded)
  refuseOnAnotherCluster(options, `${run} is no scaling run`)
  await session.compareCluster(recorded)
  const now = await runAgain(session, recorded)
  const verdict = judgeReplay(session, recorded, now, claimed)
  session.keep(verdict)
  return {
    verdict: verdict.verdict,
    text: replayText(verdict, now.run, recorded.comparison.metric.name, options.explain === true),
    json: { ...verdict, run: now.run },
  }
}

/** @throws {ReducibleError} usage: no speed is judged. */
function refuseOnAnotherCluster({ onAnotherCluster }: ReplayOptions, why: string): void {
  if (!onAnotherCluster) return
  throw new ReducibleError('usage', `--on-another-cluster is about the speeds of a scaling run, and ${why}`, {
    remedy: 'leave it out: answers are compared on any cluster',
  })
}

async function runAgain(session: ReplaySession, recorded: ReplayableRun): Promise<ReplayableRun> {
  await using tree = await session.openTree(recorded)
  return await session.run(tree, recorded, {
    study: recorded.study,
    name: studyNameOf(recorded),
    forceOrders: recorded.manifest.determinism.arrivalOrdered.length > 0,
  })
}

function judgeReplay(
  session: ReplaySession,
  recorded: ReplayableRun,
  now: ReplayableRun,
  claimed: Level | null,
): ReplayVerdict {
  const { manifest, comparison } = recorded
  const differences = inputDifferences(recorded, now)
  session.noted(
    'inputs',
    differences.length === 0 ? 'all are the recorded ones' : `${differences.length} fields differ`,
  )
  const { level: expected, reasons: whyExpected } = expectedLevel({
    study: recorded.study,
    recorded: recorded.cluster,
    now: now.cluster,
    differences,
    arrivalOrdered: manifest.determinism.arrivalOrdered,
    ordersForced: true,
  })
  const trials = trialBits(comparison, now.comparison)
  const arms = recoverArms(comparison.metric.name, comparison.arms, now.comparison.arms)
  const floor = comparison.numeric?.noiseFloor ?? null
  const [then, again] = [recorded, now].map((one) => conclusionOf(one.comparison, one.verdict, floor))
  const checks = { bits: checkBits(trials), values: checkValues(arms), conclusion: checkConclusion(then, again) }
  const level = { claimed, expected, achieved: achievedLevel(checks) }
  session.noted(
    'compare',
    Object.values(checks)
      .map(({ name, outcome }) => `${name}: ${outcome}`)
      .join(', '),
  )
  return {
    schemaVersion: 1,
    of: manifest.runId,
    run: now.manifest.runId,
    kind: replayKind(manifest.operator, operatorDigest(session.options.operator), false),
    signed: false,
    verdict: replayVerdict(level, checks),
    level,
    whyExpected,
    checks,
    inputsThatDiffer: differences,
    trials,
    arms,
    steps: session.steps,
  }
}
