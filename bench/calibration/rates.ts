import { decideMetric, decideTime, type Pair } from '../../src/evidence/decision.ts'
import { rejectionRates } from '../../src/stats/prediction.ts'
import { normals } from './shapes.ts'

/** How often a verdict says that something changed, by the true change in units of s: at 0 the false alarms. */
export type Rates = Readonly<Record<'0' | '1' | '2' | '3', number>>

/** By verdict, then by the number of values it rests on. */
export type VerdictRates = Readonly<Record<string, Readonly<Record<string, Rates>>>>

const SHIFTS = [0, 1, 2, 3] as const
const SEED = 5_042
/** False alarms are rare, so more data sets are drawn for them; a floor of time takes 2,000 medians each. */
const DATASETS = { time: { alarms: 1_500, detections: 400 }, metric: { alarms: 20_000, detections: 4_000 } }
/** s of the logarithm of a time, or of a metric. */
const SPREAD = 0.05

/** Alarm rates of every verdict that rests on a sample, on normal metrics and lognormal times. */
export function measureRates(): VerdictRates {
  return {
    'fresh seeds, one of them (n published)': byCount(
      [3, 5, 10, 30],
      (n, shift) => rejectionRates(n, 1, shift).interval,
    ),
    'fresh seeds, n of them (n published)': byCount([3, 5, 10, 30], (n, shift) => rejectionRates(n, n, shift).interval),
    'published rule, inside mean ± s (n published)': byCount(
      [3, 5, 10, 30],
      (n, shift) => rejectionRates(n, 1, shift).publishedRule,
    ),
    'faster or slower (n pairs)': byCount([6, 10, 30], (n, shift) =>
      shareOf(DATASETS.time, shift, n, (base, against, self) => {
        const { decision } = decideTime(pairsFrom(base, against, Math.exp), self.map(Math.exp))
        return decision === 'faster' || decision === 'slower'
      }),
    ),
    'metric differs (n pairs, noise floor 0)': byCount([2, 3, 5, 10, 30], (n, shift) =>
      shareOf(DATASETS.metric, shift, n, (base, against) => {
        const { decision } = decideMetric(
          pairsFrom(base, against, (value) => value),
          { limit: 0 },
        )
        return decision === 'real'
      }),
    ),
  }
}

function byCount(counts: readonly number[], rate: (n: number, shift: number) => number): Record<string, Rates> {
  return Object.fromEntries(
    counts.map((n) => [n, Object.fromEntries(SHIFTS.map((shift) => [shift, rate(n, shift)])) as Rates]),
  )
}

/** @param judge is given n values of either arm, the second shifted, and n differences of an arm to itself. */
function shareOf(
  counts: Readonly<Record<'alarms' | 'detections', number>>,
  shift: number,
  n: number,
  judge: (base: number[], against: number[], self: number[]) => boolean,
): number {
  const next = normals(SEED)
  const draw = (): number[] => Array.from(next(n), (z) => SPREAD * z)
  const datasets = shift === 0 ? counts.alarms : counts.detections
  let alarms = 0
  for (let dataset = 0; dataset < datasets; dataset++) {
    const [base, against, first, second] = [draw(), draw(), draw(), draw()]
    const shifted = against.map((value) => value + shift * SPREAD)
    if (
      judge(
        base,
        shifted,
        first.map((value, i) => value - second[i]),
      )
    )
      alarms++
  }
  return alarms / datasets
}

function pairsFrom(base: readonly number[], against: readonly number[], as: (value: number) => number): Pair[] {
  return base.map((value, i) => ({ base: as(value), against: as(against[i]) }))
}
