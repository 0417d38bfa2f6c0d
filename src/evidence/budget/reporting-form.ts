import { formatMeanSd, summarize } from '../../stats/summary.ts'
import type { ArmFacts } from './facts.ts'
import type { BudgetRow } from './sources.ts'

/** How the result of an arm is to be written down. */
export interface ReportingForm {
  readonly arm: string
  readonly form: 'one number' | 'mean ± s'
  /** `0.0101 ± 0.0001 (R = 10, seeds 0–9)` */
  readonly value: string
  readonly reason: string
}

/**
 * One number a seed where no source of numeric variation is left, and ± is over the seeds alone. Else the mean of what came
 * about.
 * @param rows the budget of this arm.
 * @param claimedSeeds those that a claim's mean is of; others that ran stay out of R.
 */
export function reportingForm(
  { arm, trials, bitsFollowArrival }: ArmFacts,
  rows: readonly BudgetRow[],
  claimedSeeds: readonly number[] | null,
): ReportingForm {
  const left = rows.filter(({ numeric }) => numeric !== null && numeric.status !== 'eliminated')
  const oneNumber = left.length === 0
  const wanted = trials.filter(({ record }) => claimedSeeds?.includes(record.seed) ?? true)
  // The same seed in the same order is the same number: it counts once.
  const counted = bitsFollowArrival ? wanted : wanted.filter(({ record }) => record.repeat === 0)
  const finished = counted.filter(({ metric }) => metric !== null)
  const values = finished.map(({ metric }) => metric).filter((metric) => metric !== null)
  const of = seedsText(finished.map(({ record }) => record.seed))
  const reason = oneNumber
    ? `every numeric source is eliminated, a seed has one number${values.length > 1 ? ', ± is over seeds' : ''}`
    : `not eliminated: ${left.map(({ title }) => title).join('; ')}`
  return {
    arm: arm.name,
    form: oneNumber ? 'one number' : 'mean ± s',
    value: valueText(values, of, oneNumber),
    reason,
  }
}

function valueText(values: readonly number[], of: string, oneNumber: boolean): string {
  if (values.length === 0) return 'no finished trial'
  if (values.length > 1) return formatMeanSd(summarize(values)).replace(/\)$/, `, ${of})`)
  const [value] = values
  return oneNumber
    ? `${value.toPrecision(6)} (one number, ${of})`
    : `${value.toPrecision(6)} (R = 1, ${of}: no ± can be given; repeat the seed)`
}

/** `seeds 0–9`, `seed 3, 4 times`, `seeds 0–4, 7`. */
export function seedsText(seeds: readonly number[]): string {
  const distinct = [...new Set(seeds)].sort((a, b) => a - b)
  const spans: [number, number][] = []
  for (const seed of distinct) {
    const last = spans.at(-1)
    if (last !== undefined && last[1] === seed - 1) last[1] = seed
    else spans.push([seed, seed])
  }
  const text = spans.map(([first, end]) => (first === end ? String(first) : `${first}–${end}`)).join(', ')
  const times = seeds.length > distinct.length ? `, ${seeds.length} runs` : ''
  return `seed${distinct.length === 1 ? '' : 's'} ${text}${times}`
}
