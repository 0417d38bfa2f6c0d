import type { LocalCluster } from '../record/host.ts'
import type { Manifest } from '../record/manifest-schema.ts'
import type { Claim, Study } from '../study/schema.ts'
import { type Comparison, compareMetric, type NumericComparison } from './comparison.ts'
import type { InputDifference } from './input-differences.ts'
import type { Check, Verdict } from './verdict.ts'

export type Level = Claim['level']

/** From the least to the most that a replay can show. */
const RISING: readonly Level[] = ['functional', 'scientific', 'statistical', 'numerical']

/** Does one level show at least what another asks for? */
export function reaches(level: Level, asked: Level): boolean {
  return RISING.indexOf(level) >= RISING.indexOf(asked)
}

/** The lesser of two levels. */
export function lesser(a: Level, b: Level): Level {
  return reaches(a, b) ? b : a
}

/** The level that these inputs can promise, and why. */
export interface Expectation {
  readonly level: 'numerical' | 'statistical'
  readonly reasons: readonly string[]
}

/** What is known before the replay runs. */
export interface Foreknowledge {
  readonly study: Pick<Study, 'engine'>
  readonly recorded: LocalCluster
  readonly now: LocalCluster
  /** Of code, environment and cluster. */
  readonly differences: readonly InputDifference[]
  /** Arms whose sums are added as they come. */
  readonly arrivalOrdered: Manifest['determinism']['arrivalOrdered']
  /** Are the recorded orders forced again? */
  readonly ordersForced: boolean
}

/**
 * Equal inputs are expected to give equal bits. So are others where the bits are specified all the same: arithmetic in
 * JavaScript is IEEE on every processor, and kernels are made of what the probe asks for, so that an adapter that passes it
 * gives theirs.
 */
export function expectedLevel(known: Foreknowledge): Expectation {
  const { differences, arrivalOrdered, ordersForced } = known
  const specified = bitsSpecified(known)
  const kinds = Map.groupBy(differences, ({ path }) => BEARINGS.find(({ paths }) => paths.test(path)))
  const [lowering, others] = [[] as string[], [] as string[]]
  for (const [bearing, found] of kinds) {
    const paths = found.map(({ path }) => path).join(', ')
    if (bearing === undefined) others.push(`${paths}: no number comes from that`)
    else if (bearing.unlessSpecified && specified !== null) others.push(`${bearing.name} (${paths}), but ${specified}`)
    else lowering.push(`${bearing.name} (${paths})`)
  }
  if (arrivalOrdered.length > 0) {
    const sums = `sums of ${arrivalOrdered.join(', ')} are added as they come`
    if (ordersForced) others.push(`${sums}, but the recorded orders are forced`)
    else lowering.push(`${sums}, in no forced order`)
  }
  if (lowering.length > 0) return { level: 'statistical', reasons: lowering }
  const same = differences.length === 0 ? ['code, environment, data, seeds and cluster are the recorded ones'] : []
  return { level: 'numerical', reasons: [...same, ...others] }
}

/** Inputs that numbers come from. The rest bears on time, or on nothing. */
const BEARINGS: readonly { readonly paths: RegExp; readonly name: string; readonly unlessSpecified: boolean }[] = [
  { paths: /^code\.(sourceDigest|kernelsDigest)/, name: 'other code', unlessSpecified: false },
  { paths: /^code\.study/, name: 'another configuration', unlessSpecified: false },
  { paths: /^(data|rows|seeds)\b/, name: 'other data or seeds', unlessSpecified: false },
  {
    paths: /^environment\.(node|v8|packages|lockfile)/,
    name: 'another Node or other packages',
    unlessSpecified: false,
  },
  { paths: /^cluster\.accelerator/, name: 'another adapter or driver', unlessSpecified: true },
  { paths: /^cluster\.host\.(cpu|microcode|architecture)/, name: 'another processor', unlessSpecified: true },
]

/** Why the bits are the same on any processor or adapter; null where they may not be. */
function bitsSpecified({ study, recorded, now }: Foreknowledge): string | null {
  if (study.engine === 'cpu') return 'f32 arithmetic in JavaScript is IEEE on every processor'
  return probePassed(recorded) && probePassed(now)
    ? "the kernels' bits are specified, and both adapters passed the probe"
    : null
}

function probePassed({ accelerator, accelerators }: LocalCluster): boolean {
  const all = accelerators ?? (accelerator ? [accelerator] : [])
  return all.length > 0 && all.every(({ probe }) => probe?.passed === true)
}

/** What a run concluded. */
export interface Conclusion {
  /** Of its claim; null: it makes none. */
  readonly verdict: Verdict['verdict'] | null
  /** Of the last arm against the first, by the metric; null: nothing could be decided. */
  readonly decision: 'real' | 'indistinguishable' | null
  /** Of a real difference. */
  readonly sign: 'more' | 'less' | null
}

/** The conclusion of a run. @param floor the one that the recorded run was held against, for both. */
export function conclusionOf(
  { metric, arms }: Pick<Comparison, 'metric' | 'arms'>,
  judged: Pick<Verdict, 'verdict'> | null,
  floor: NumericComparison['noiseFloor'],
): Conclusion {
  const verdict = judged?.verdict ?? null
  const numeric = arms.length < 2 ? null : compareMetric(metric.name, [arms[0], arms[arms.length - 1]], floor)
  if (numeric === null || numeric.decision === 'insufficient') return { verdict, decision: null, sign: null }
  const { decision, difference } = numeric
  return { verdict, decision, sign: decision === 'real' ? (difference > 0 ? 'more' : 'less') : null }
}

/** Do two runs conclude the same? Not tested where one of them could conclude nothing. */
export function checkConclusion(then: Conclusion, now: Conclusion): Check {
  const name = 'conclusion'
  const untested = (detail: string): Check => ({ name, outcome: 'not tested', detail })
  if (then.verdict === null && then.decision === null) {
    return untested('the run concluded nothing: it has no claim, and nothing was decided about its arms')
  }
  if (now.verdict === 'inconclusive' && then.verdict !== 'inconclusive') {
    return untested(`the claim says nothing of this run; it was ${then.verdict}`)
  }
  if (now.decision === null && then.decision !== null) {
    return untested(`nothing could be decided about the arms; their difference was ${then.decision}`)
  }
  const [was, is] = [then, now].map(conclusionText)
  return was === is
    ? { name, outcome: 'pass', detail: `${is}, as it was` }
    : { name, outcome: 'fail', detail: `${is}; it was ${was}` }
}

function conclusionText({ verdict, decision, sign }: Conclusion): string {
  const claim = verdict === null ? [] : [`the claim is ${verdict}`]
  const arms =
    decision === null ? [] : [`the arms' difference is ${decision}${sign === null ? '' : `, the last arm has ${sign}`}`]
  return [...claim, ...arms].join('; ') || 'nothing'
}

/** One trial's weights, recorded and now: SHA-256; null where training diverged. */
export interface TrialBits {
  readonly trial: string
  readonly recorded: string | null
  readonly now: string | null
}

/** The weights of every recorded trial, beside those of the same trial now. */
export function trialBits(recorded: Pick<Comparison, 'arms'>, now: Pick<Comparison, 'arms'>): TrialBits[] {
  const trialsOf = ({ arms }: Pick<Comparison, 'arms'>) => arms.flatMap(({ trials }) => trials)
  const byTrial = new Map(trialsOf(now).map(({ trial, weightsSha256 }) => [trial, weightsSha256]))
  return trialsOf(recorded).map(({ trial, weightsSha256 }) => ({
    trial,
    recorded: weightsSha256,
    now: byTrial.get(trial) ?? null,
  }))
}

/** Do equal trials end at equal bits? One that diverged has none, and is unequal. */
export function checkBits(trials: readonly TrialBits[]): Check {
  const unequal = trials.filter(({ recorded, now }) => recorded === null || recorded !== now)
  const name = 'bits'
  if (unequal.length === 0) {
    return {
      name,
      outcome: 'pass',
      detail: `equal SHA-256 of the weights in ${trials.length} of ${trials.length} trials`,
    }
  }
  const [{ trial, recorded, now }] = unequal
  const [was, is] = [recorded, now].map((digest) => digest?.slice(0, 16) ?? 'no weights')
  return {
    name,
    outcome: 'fail',
    detail: `other weights in ${unequal.length} of ${trials.length} trials; ${trial}: ${is}, it was ${was}`,
  }
}

/** What a replay that ran to its end was asked. */
export interface LevelChecks {
  readonly bits: Check
  readonly values: Check
  readonly conclusion: Check
}

/** The most that a replay showed. */
export function achievedLevel({ bits, values, conclusion }: LevelChecks): Level {
  if (bits.outcome === 'pass') return 'numerical'
  if (values.outcome === 'pass') return 'statistical'
  return conclusion.outcome === 'pass' ? 'scientific' : 'functional'
}

/**
 * `true`: the level asked for was achieved: the claimed one, else the expected one. `inconclusive`: these inputs do not promise
 * the claimed level and gave what they do promise, or the run has too few values to tell. Else `false`.
 */
export function replayVerdict(
  level: { readonly claimed: Level | null; readonly expected: Level; readonly achieved: Level },
  { values, conclusion }: LevelChecks,
): Verdict['verdict'] {
  const { claimed, expected, achieved } = level
  if (reaches(achieved, claimed ?? expected)) return 'true'
  const promised = claimed === null ? expected : lesser(claimed, expected)
  if (reaches(achieved, promised)) return 'inconclusive'
  const untold =
    (promised === 'statistical' && values.outcome === 'not tested') ||
    (promised === 'scientific' && conclusion.outcome === 'not tested')
  return untold ? 'inconclusive' : 'false'
}

/** How the one who replays stands to the one who ran. */
export type ReplayKind = 'repeat' | 'reproduce' | 'robust' | 'operator unknown'

/** @param then,now operators as manifests name them. @param perturbed was an input changed on purpose? */
export function replayKind(then: string | null, now: string | null, perturbed: boolean): ReplayKind {
  if (perturbed) return 'robust'
  if (then === null || now === null) return 'operator unknown'
  return then === now ? 'repeat' : 'reproduce'
}
