import { mean, median } from 'simple-statistics'
import type { StepRecord } from '../../record/trial-record.ts'
import { type Cohort, type CohortTrial, type DiagnosedRun, stretchesOf } from './cohorts.ts'
import { type Evidence, finding, type SourceFinding } from './finding.ts'
import { type LoadParts, type Loads, loadsOf, partByLoad } from './loads.ts'
import { type Shift, shiftOf } from './shift.ts'

const STEPS_FILE = 'steps.jsonl'

/** A shift below these is chance, or too small to be named. */
const P_MAX = 0.01
const STRENGTH_MIN = 1.2
/** Few stretches fall into two sides by chance: so much, and so much more over their number. */
const SEPARATION_MIN = 3.5
const SEPARATION_OF_FEW = 4
const EVENNESS_MIN = 0.5
const RATIO_MIN = 1.02

/** What the exchange adds to the longest gradient. Over nodes the mean: that some wait for others evens out there. */
function exchangeNs({ nodes }: StepRecord): number {
  return mean(nodes.map(({ stepNs }) => stepNs)) - Math.max(...nodes.map(({ engineNs }) => engineNs))
}

/** Of the median node: a single slow one does not move it. */
function workNs({ nodes }: StepRecord): number {
  return median(nodes.map(({ engineNs }) => engineNs))
}

function wholeNs({ nodes }: StepRecord): number {
  return Math.max(...nodes.map(({ stepNs }) => stepNs))
}

/** Both sources that move times from trial to trial: what moves with the load of others may be theirs. */
export function timingSources(cohorts: readonly Cohort[], run: DiagnosedRun): SourceFinding[] {
  const loads = loadsOf(run)
  const arms = [...Map.groupBy(cohorts, ({ arm }) => arm).values()].map((ofArm) => {
    const parts = loadPartsOf(ofArm, loads)
    const busy = new Set(parts.flatMap(({ part }) => [...part.loaded]))
    return {
      tenant: tenantEvidence(ofArm, parts, busy, run.trialsFile),
      shifts: ofArm.map((one) => shiftsOf(one, busy)),
    }
  })
  const shifts = arms.flatMap((arm) => arm.shifts)
  const evidenceOf = (kind: keyof Shifts): Evidence[] => shifts.flatMap((of) => of[kind])
  const tenant = arms.flatMap((arm) => arm.tenant)
  return [
    judged('network', evidenceOf('links'), evidenceOf('linksOrLoad')),
    judged('another tenant', tenant, evidenceOf('unexplained')),
  ]
}

function judged(
  source: 'network' | 'another tenant',
  named: readonly Evidence[],
  open: readonly Evidence[],
): SourceFinding {
  if (named.length > 0) return finding(source, 'named', named)
  return finding(source, open.length > 0 ? 'open' : 'not seen', open)
}

/** A load that was not the same beside all trials of an arm. */
interface UnevenLoad {
  readonly load: Loads
  readonly part: LoadParts
}

function loadPartsOf(ofArm: readonly Cohort[], loads: readonly Loads[]): UnevenLoad[] {
  const trials = ofArm.flatMap((cohort) => cohort.trials)
  const slow = ofArm.flatMap((cohort) => clearShift(cohort.trials, workNs)?.slow ?? [])
  return loads
    .map((load) => ({ load, part: partByLoad(trials, load, slow) }))
    .filter(({ part }) => part.loaded.size > 0)
}

function tenantEvidence(
  [cohort, ...others]: readonly Cohort[],
  parts: readonly UnevenLoad[],
  busy: ReadonlySet<string>,
  file: string,
): Evidence[] {
  const [loaded, quiet] = partedBy(busy, cohort.trials)
  // Steps on other numbers of nodes are no comparison.
  const steps = others.length > 0 ? '' : stepsText(quiet, loaded)
  return parts.map(({ load, part }) => ({ text: `${cohort.arm}: ${loadText(load, part)}${steps}`, file }))
}

/** Evidence of what moved in the steps of one cohort. */
interface Shifts {
  readonly links: readonly Evidence[]
  readonly linksOrLoad: readonly Evidence[]
  readonly unexplained: readonly Evidence[]
}

function shiftsOf(cohort: Cohort, busy: ReadonlySet<string>): Shifts {
  const { arm, nodes, trials } = cohort
  const say = (text: string): Evidence[] => [{ text: `${arm}: ${text}`, file: STEPS_FILE }]
  if (stretchesOf(trials, wholeNs).length < 2) {
    const few = say('too few steps after the warm-up to tell one stretch of them from another')
    return { links: [], linksOrLoad: nodes === 1 ? [] : few, unexplained: few }
  }
  const [loaded, quiet] = partedBy(busy, trials)
  const exchanged = (of: readonly CohortTrial[]): Shift | null => (nodes === 1 ? null : clearShift(of, exchangeNs))
  const alone = exchanged(quiet)
  const beside = alone === null && loaded.length > 0 ? (exchanged(trials) ?? exchanged(loaded)) : null
  const work = clearShift(quiet, workNs)
  return {
    links: alone ? say(`the exchange took ${shiftText(alone)} (stepNs less the longest engineNs)`) : [],
    linksOrLoad: beside
      ? say(`the exchange took ${shiftText(beside)}, beside the load of others: theirs, or links`)
      : [],
    unexplained: work
      ? say(
          `computing took ${shiftText(work)} (engineNs) on every node; no record says whether by load, heat or clocks`,
        )
      : [],
  }
}

function partedBy(busy: ReadonlySet<string>, trials: readonly CohortTrial[]): [CohortTrial[], CohortTrial[]] {
  const isBusy = ({ record }: CohortTrial): boolean => busy.has(record.trial)
  return [trials.filter(isBusy), trials.filter((trial) => !isBusy(trial))]
}

/** Null: what there is may be chance. */
function clearShift(trials: readonly CohortTrial[], timeOf: (step: StepRecord) => number): Shift | null {
  const stretches = stretchesOf(trials, timeOf)
  const shift = shiftOf(stretches)
  if (shift === null) return null
  const isFar =
    shift.strength >= STRENGTH_MIN && shift.separation >= SEPARATION_MIN + SEPARATION_OF_FEW / stretches.length
  const isOfAll = shift.evenness >= EVENNESS_MIN && shift.slowNs >= RATIO_MIN * shift.usualNs
  return isFar && isOfAll && shift.p <= P_MAX ? shift : null
}

function loadText({ what }: Loads, { loaded, usual, high }: LoadParts): string {
  return `${what} ${high.toFixed(2)} in ${[...loaded].join(', ')}, ${usual.toFixed(2)} usually`
}

function stepsText(quiet: readonly CohortTrial[], busy: readonly CohortTrial[]): string {
  const [usual, slow] = [quiet, busy].map((trials) => trials.flatMap(({ timed }) => timed.map(wholeNs)))
  if (usual.length === 0 || slow.length === 0) return ''
  return `; a step took ${milliseconds(median(slow))} then, else ${milliseconds(median(usual))}`
}

function shiftText({ slowNs, usualNs, slow, p, strength }: Shift): string {
  return `${milliseconds(slowNs)} in ${slow.join(', ')}, else ${milliseconds(usualNs)}: ${strength.toFixed(1)} standard deviations of a step, p = ${p.toPrecision(1)}`
}

function milliseconds(nanoseconds: number): string {
  return `${Number((nanoseconds / 1e6).toPrecision(3))} ms`
}
