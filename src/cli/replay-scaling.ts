import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ReducibleError } from '../core/errors.ts'
import type { FieldDifference } from '../evidence/cluster/compare.ts'
import { type InputDifference, inputDifferences } from '../evidence/input-differences.ts'
import { differencesFor } from '../evidence/performance-verdict.ts'
import { checkBits, type ReplayKind, replayKind, trialBits } from '../evidence/replay-level.ts'
import { type ReplayedCurve, replayedCurve } from '../evidence/scaling/replayed-curve.ts'
import type { Check } from '../evidence/verdict.ts'
import type { ClusterSpec } from '../record/cluster-spec/schema.ts'
import { operatorDigest } from '../record/operator.ts'
import { SPEC_FILE } from '../record/run-folder.ts'
import { replayChart } from '../report/replay-chart.ts'
import type { CommandResult } from './command.ts'
import { recordedScaling, stepsIn } from './recorded-scaling.ts'
import { replayedCurveText } from './replay-scaling-text.ts'
import { type ReplayableRun, type ReplaySession, type ReplayStep, studyNameOf } from './replay-session.ts'

/** replay-verdict.json of a scaling run that replays another: did the curve come out again? */
export interface ScalingReplayVerdict {
  readonly schemaVersion: 1
  /** Run ids. */
  readonly of: string
  readonly run: string
  readonly kind: ReplayKind
  readonly signed: false
  /** Of the speeds alone: answers have their own check. */
  readonly verdict: ReplayedCurve['verdict']
  readonly curve: ReplayedCurve
  readonly answers: Check
  /** Where the cluster is not the recorded one, as far as a speed hangs on it. */
  readonly clusterDifferences: readonly FieldDifference[]
  readonly inputsThatDiffer: readonly InputDifference[]
  readonly steps: readonly ReplayStep[]
}

/** `replay RUN` of a scaling run: measures the curve again and judges each point and the whole. */
export async function replayScaling(session: ReplaySession, recorded: ReplayableRun): Promise<CommandResult> {
  await session.compareCluster(recorded)
  const before = await differencesHere(session, recorded)
  refuseAnotherCluster(session, recorded, before)
  const now = await measureAgain(session, recorded)
  const [scalingThen, scalingNow] = [recorded, now].map((one) => recordedScaling(one, stepsIn(one.run)))
  const clusterDifferences = differencesFor(recorded.study, specOf(recorded), specOf(now))
  const curve = onOneCluster(session, replayedCurve(scalingThen, scalingNow), clusterDifferences)
  const inputs = inputDifferences(recorded, now)
  session.noted('inputs', inputs.length === 0 ? 'all are the recorded ones' : `${inputs.length} fields differ`)
  const answers = checkBits(trialBits(recorded.comparison, now.comparison))
  session.noted(
    'curve',
    `${curve.points.map(({ arm, outcome }) => `${arm}: ${outcome}`).join(', ')}; answers: ${answers.outcome}`,
  )
  const verdict: ScalingReplayVerdict = {
    schemaVersion: 1,
    of: recorded.manifest.runId,
    run: now.manifest.runId,
    kind: replayKind(recorded.manifest.operator, operatorDigest(session.options.operator), false),
    signed: false,
    verdict: curve.verdict,
    curve,
    answers,
    clusterDifferences,
    inputsThatDiffer: inputs,
    steps: session.steps,
  }
  session.keep(verdict)
  const { mode, paced } = scalingThen
  session.draw(await replayChart(curve, { mode, paced, clusters: [scalingThen.cluster, scalingNow.cluster] }))
  return {
    verdict: verdict.verdict,
    text: replayedCurveText(verdict, now.run, session.options.explain === true),
    json: { ...verdict, run: now.run },
  }
}

/** Fields of a network that a study makes for itself. */
const OF_NETWORK = /^(interconnect|host_networking|host_networking_topology|nodes\.\*\.network)(\.|$)/

/** What is known before anything runs. */
async function differencesHere(session: ReplaySession, recorded: ReplayableRun): Promise<FieldDifference[]> {
  const all = differencesFor(recorded.study, specOf(recorded), await session.specHere(recorded))
  return recorded.study.launch === 'netns' ? all.filter(({ path }) => !OF_NETWORK.test(path)) : all
}

/** @throws {ReducibleError} another-cluster. */
function refuseAnotherCluster(
  { options }: ReplaySession,
  { run }: ReplayableRun,
  differences: readonly FieldDifference[],
): void {
  if (options.onAnotherCluster || differences.length === 0) return
  throw new ReducibleError('another-cluster', `${run} was measured on another cluster: ${pathsOf(differences)}`)
}

async function measureAgain(session: ReplaySession, recorded: ReplayableRun): Promise<ReplayableRun> {
  await using tree = await session.openTree(recorded)
  const { study } = recorded
  return await session.run(tree, recorded, { study, name: studyNameOf(recorded), forceOrders: false, command: 'scale' })
}

/** What only the new run could tell of its cluster makes the curve another question, too. */
function onOneCluster(
  session: ReplaySession,
  curve: ReplayedCurve,
  differences: readonly FieldDifference[],
): ReplayedCurve {
  const found =
    differences.length === 0 ? 'the cluster is the recorded one, as far as both are known' : pathsOf(differences)
  session.noted('speed', found)
  if (session.options.onAnotherCluster || differences.length === 0) return curve
  return { ...curve, verdict: 'inconclusive', reasons: [`this is another cluster: ${found}`, ...curve.reasons] }
}

function pathsOf(differences: readonly FieldDifference[]): string {
  return differences.map(({ path, a, b }) => `${path} (${a} → ${b})`).join(', ')
}

function specOf({ run }: ReplayableRun): ClusterSpec {
  return parse(readFileSync(join(run, SPEC_FILE), 'utf8')) as ClusterSpec
}
