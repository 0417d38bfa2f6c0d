import { median } from 'simple-statistics'
import { type ClusterSpec, UNKNOWN } from '../record/cluster-spec/schema.ts'
import type { Arm, PerformanceClaim, Study } from '../study/schema.ts'
import { foundDifferences } from './cluster/another-cluster.ts'
import type { FieldDifference } from './cluster/compare.ts'
import { explainGap, type GapExplanation } from './cluster/explain-gap.ts'
import { type ComparedArm, compareSpeed, type SpeedComparison } from './comparison.ts'
import { coresSaturated } from './paced.ts'
import type { Verdict } from './verdict.ts'

/** verdict.json of a claim of speed: did the speedup come out again, and if the cluster is another one, what of that explains it. */
export interface PerformanceVerdict {
  readonly schemaVersion: 1
  readonly kind: 'performance'
  readonly verdict: 'true' | 'false' | 'inconclusive'
  readonly statement: string
  readonly source: string
  readonly tier: PerformanceClaim['tier']
  readonly quick: boolean
  /** One sentence each. */
  readonly reasons: readonly string[]
  readonly of: string
  readonly over: string
  readonly claimed: number
  /** What the claim allows. */
  readonly allowed: readonly [number, number]
  /** Null where no pair of trials ended. */
  readonly speed: SpeedComparison | null
  /** Where the run's cluster is not the claim's; empty: it is. */
  readonly differences: readonly FieldDifference[]
  /** Null on the claim's own cluster, or where nothing can be predicted. */
  readonly interconnect: InterconnectShare | null
}

/** Of either kind of claim. */
export type AnyVerdict = Verdict | PerformanceVerdict

/** What the links explain of steps that take another time than claimed. */
export interface InterconnectShare {
  readonly explanation: GapExplanation
  /** Per step of `of`: what it took less what the claimed speedup leaves of a step of `over`. */
  readonly extraSeconds: number
  /** Of the all-reduce, by the α-β-γ model: on the run's cluster less on the claim's. */
  readonly extraByLinks: number
  /** The second over the first. */
  readonly share: number
}

/** What a claim of speed is judged by. */
export interface PerformanceEvidence {
  readonly arms: readonly ComparedArm[]
  readonly study: Pick<Study, 'training' | 'workload'>
  /** The claim's cluster, and the one that the run found and measured. */
  readonly claimed: ClusterSpec
  readonly found: ClusterSpec
  /** Of the vector that is reduced once a step. */
  readonly gradientBytes: number
  readonly quick: boolean
}

/**
 * Judges a speedup: true where the 95 % interval of its median lies within what the claim allows, false where it lies outside,
 * and inconclusive in between, with too few pairs, or where nodes cannot
 * show a GPU each. On another cluster the reasons are about the difference.
 */
export function judgeSpeedup(claim: PerformanceClaim, evidence: PerformanceEvidence): PerformanceVerdict {
  const { statement, source, tier, reported } = claim
  const { arms, study, claimed: stated, found, quick } = evidence
  const claimed = Number(reported.speedup)
  const allowed = [claimed * (1 - reported.tolerance), claimed * (1 + reported.tolerance)] as const
  const [base, arm] = [reported.over, reported.of].map((name) => arms.find((other) => other.name === name))
  const speed = base && arm ? compareSpeed([base, arm]) : null
  const differences = differencesFor(study, stated, found)
  const interconnect = speed && arm && differences.length > 0 ? shareOfLinks(claimed, speed, arm, evidence) : null
  const isPaced = study.workload.name === 'paced'
  const unproven = [base, arm].flatMap((compared) =>
    compared ? [...gpusUnproven(compared), ...(isPaced ? slowed(compared) : [])] : [],
  )
  const alone = verdictOf(speed, allowed)
  const verdict = unproven.length > 0 ? 'inconclusive' : alone
  return {
    schemaVersion: 1,
    kind: 'performance',
    verdict,
    statement,
    source,
    tier,
    quick,
    reasons: [
      ...unproven,
      ...(verdict === 'true' ? [] : speedReasons(alone, speed, claimed, allowed)),
      ...clusterReasons(differences, interconnect),
    ],
    of: reported.of,
    over: reported.over,
    claimed,
    allowed,
    speed,
    differences,
    interconnect,
  }
}

/** Of the vector that a rank sends each step: the gradient, and the loss. */
export function gradientBytesOf({ workload }: Pick<Study, 'workload'>, weightCount: number): number {
  return 4 * (workload.name === 'paced' ? workload.parameters : weightCount + 1)
}

/** Where the cluster of a claim of speed is another one. What a node is does not matter where computing is paced. */
export function differencesFor(
  { workload }: Pick<Study, 'workload'>,
  claimed: ClusterSpec,
  found: ClusterSpec,
): FieldDifference[] {
  const all = foundDifferences(claimed, found)
  return workload.name === 'paced' ? all.filter(({ path }) => !path.startsWith('nodes.')) : all
}

/** Cores that are busy decide the time in place of links, where computing is paced. */
function slowed({ name, trials }: ComparedArm): string[] {
  const waits = trials.flatMap(({ coreWait }) => coreWait ?? [])
  const saturated = waits.length > 0 && coresSaturated({ coreWait: median(waits) })
  return saturated ? [`in ${name} ready threads waited for a core: cores and not links decided its time`] : []
}

/** A speedup over nodes is one over GPUs only where each node has one of its own, and shows it. */
function gpusUnproven({ name, trials }: ComparedArm): string[] {
  if (trials.some(({ sharedAccelerator }) => sharedAccelerator === true)) {
    return [`nodes of ${name} shared a GPU: nothing can be said of a speedup over GPUs`]
  }
  if (trials.every(({ sharedAccelerator }) => sharedAccelerator !== 'unknown')) return []
  return [`nobody can show that nodes of ${name} had a GPU each (no UUID or bus ID): a speedup over GPUs is refused`]
}

function verdictOf(
  speed: SpeedComparison | null,
  [least, most]: readonly [number, number],
): PerformanceVerdict['verdict'] {
  const [lower, upper] = speed?.interval ?? [null, null]
  if (lower === null || upper === null) return 'inconclusive'
  if (lower >= least && upper <= most) return 'true'
  return upper < least || lower > most ? 'false' : 'inconclusive'
}

const PLACES = { true: 'inside', false: 'outside', inconclusive: 'partly inside' } as const

/** @param verdict of the interval alone. */
function speedReasons(
  verdict: PerformanceVerdict['verdict'],
  speed: SpeedComparison | null,
  claimed: number,
  [least, most]: readonly [number, number],
): string[] {
  if (speed === null) return ['no trial of either arm ended beside one of the other']
  const { ratio, interval, reason } = speed
  const [lower, upper] = interval
  const measured = `measured ${ratio.toFixed(2)} ×`
  const wanted = `claimed ${claimed} × (${least.toFixed(2)} to ${most.toFixed(2)})`
  if (lower === null || upper === null) return [`${measured}, ${wanted}; ${reason}`]
  const range = `95 % ${lower.toFixed(2)} to ${upper.toFixed(2)}`
  return [`${measured} (${range}), ${wanted}: the interval is ${PLACES[verdict]}`]
}

function clusterReasons(differences: readonly FieldDifference[], links: InterconnectShare | null): string[] {
  if (differences.length === 0) return []
  const paths = differences.map(({ path, a, b }) => `${path} (${a} → ${b})`).join(', ')
  const about = `this is another cluster than the claim's: ${paths}`
  if (links === null) return [about]
  const { extraSeconds, extraByLinks, share, explanation } = links
  const change = (seconds: number): string =>
    `${Math.abs(seconds * 1000).toPrecision(3)} ms ${seconds < 0 ? 'less' : 'more'}`
  return [
    about,
    `the interconnect: by the α-β-γ model its all-reduce takes ${explanation.ratio?.toPrecision(3)} × as long, ` +
      `${change(extraByLinks)} a step; measured, a step takes ${change(extraSeconds)} than claimed: ${Math.round(100 * share)} %`,
  ]
}

function shareOfLinks(
  claimedSpeedup: number,
  { baseSeconds, ratio }: SpeedComparison,
  { algorithm, nodes }: Arm,
  { claimed, found, gradientBytes, study }: PerformanceEvidence,
): InterconnectShare | null {
  const ofNodes = (spec: ClusterSpec): ClusterSpec => ({ ...spec, number_of_nodes: nodes })
  const collective = { algorithm, bytes: gradientBytes }
  const explanation = explainGap(ofNodes(claimed), ofNodes(found), collective, undefined)
  if (explanation.seconds === null) return null
  const baseStep = baseSeconds / study.training.steps
  const extraSeconds = baseStep / ratio - baseStep / claimedSpeedup
  const extraByLinks = explanation.seconds[1] - explanation.seconds[0]
  return { explanation, extraSeconds, extraByLinks, share: extraByLinks / extraSeconds }
}

/** A stated rate that the measured links miss by more than a tenth; undefined: none. */
export function unkeptRate({ interconnect }: ClusterSpec): string | undefined {
  const { bandwidthBytesPerSecond: stated } = interconnect.stated
  if (stated === UNKNOWN) return undefined
  const off = interconnect.links.flatMap(({ nodes, measured }) => {
    if (measured === UNKNOWN) return []
    const share = measured.bandwidthBytesPerSecond / stated - 1
    return Math.abs(share) > RATE_TOLERANCE ? [`nodes ${nodes.join(' and ')} ${(100 * share).toFixed(0)} %`] : []
  })
  return off.length === 0 ? undefined : `links are off their stated rate: ${off.join(', ')}`
}

const RATE_TOLERANCE = 0.1
