import type { Sample } from '../record/sample.ts'
import { summarize } from '../stats/summary.ts'
import type { ComparedArm, Comparison } from './comparison.ts'
import type { ScalingPoint } from './scaling/curve.ts'
import { halfLastDigit, pooledTrials } from './verdict.ts'

/** A line of samples.jsonl. */
export interface SampleLine extends Sample {
  /** From 1. */
  readonly line: number
}

/** A number that a run states, where it stands, and the samples it was made of. */
export interface StatedNumber {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly how: string
  /** File and place: `comparison.json#/speed/ratio`, `samples.jsonl:12`. */
  readonly at: string
  readonly samples: readonly SampleLine[]
}

/** Every number that stands in a run's records or that `headline` prints, derived ones before the samples themselves. */
export function statedNumbers(
  { arms, metric, speed, numeric, reported }: Comparison,
  samples: readonly SampleLine[],
): StatedNumber[] {
  const of = (arm: ComparedArm, name: Sample['metric']): SampleLine[] => {
    const trials = new Set(arm.trials.map(({ trial }) => trial))
    return samples.filter((sample) => sample.metric === name && trials.has(sample.trial))
  }
  const ofArms = arms.flatMap((arm, index): StatedNumber[] => {
    const at = `comparison.json#/arms/${index}`
    const seconds = of(arm, 'train-seconds')
    const median = `of the median of ${seconds.length} train-seconds`
    return [
      ...meansOf(arm, reported, of(arm, metric.name)),
      {
        name: `median time of ${arm.name}`,
        value: arm.medianTrainSeconds,
        unit: 's',
        how: `median of ${seconds.length} train-seconds`,
        at: `${at}/medianTrainSeconds`,
        samples: seconds,
      },
      {
        name: `speed of ${arm.name}`,
        value: arm.stepsPerSecond,
        unit: 'steps/s',
        how: `steps over ${median}`,
        at: `${at}/stepsPerSecond`,
        samples: seconds,
      },
    ]
  })
  const between = (names: { base: string; against: string }, name: Sample['metric']): SampleLine[] =>
    arms.filter((arm) => arm.name === names.base || arm.name === names.against).flatMap((arm) => of(arm, name))
  const derived: StatedNumber[] = []
  if (speed) {
    derived.push({
      name: `speed of ${speed.against} against ${speed.base}`,
      value: speed.ratio,
      unit: '×',
      how: `median over pairs of train-seconds of ${speed.base} ÷ ${speed.against}: ${speed.decision}`,
      at: 'comparison.json#/speed/ratio',
      samples: between(speed, 'train-seconds'),
    })
  }
  if (numeric) {
    derived.push({
      name: `${metric.name} of ${numeric.against} less that of ${numeric.base}`,
      value: numeric.difference,
      unit: 'difference',
      how: `mean over pairs of the difference: ${numeric.decision}`,
      at: 'comparison.json#/numeric/difference',
      samples: between(numeric, metric.name),
    })
  }
  const raw = samples.flatMap((sample): StatedNumber[] => {
    const { value, line, trial, unit } = sample
    const how = 'measured once (n = 1, no spread)'
    return value === null
      ? []
      : [{ name: `${sample.metric} of ${trial}`, value, unit, how, at: `samples.jsonl:${line}`, samples: [sample] }]
  })
  return [...derived, ...ofArms, ...raw]
}

/** Those of a scaling study's curve. Their samples are the steps of steps.jsonl after the warm-up. */
export function curveNumbers(points: readonly ScalingPoint[]): StatedNumber[] {
  return points.flatMap(({ arm, trials, speedup, secondsPerStep, samplesPerSecond }, index): StatedNumber[] => {
    const at = `scaling.json#/points/${index}`
    const median = `median of ${trials.length} trials' mean step after the warm-up`
    const own = [
      {
        name: `step of ${arm}`,
        value: secondsPerStep,
        unit: 's',
        how: median,
        at: `${at}/secondsPerStep`,
        samples: [],
      },
      {
        name: `throughput of ${arm}`,
        value: samplesPerSecond,
        unit: 'rows/s',
        how: `rows of a batch over the ${median}`,
        at: `${at}/samplesPerSecond`,
        samples: [],
      },
    ]
    if (speedup === null) return own
    const { base, ratio, efficiency, pairs, decision } = speedup
    const over = `over ${pairs} pair${pairs === 1 ? '' : 's'} of trials, warm-up steps left out: ${decision}`
    return [
      {
        name: `speedup of ${arm} over ${base}`,
        value: ratio,
        unit: '×',
        how: `median ${over}`,
        at: `${at}/speedup/ratio`,
        samples: [],
      },
      {
        name: `efficiency of ${arm}`,
        value: efficiency,
        unit: 'of ideal',
        how: `speedup over how many times as many ranks there are, ${over}`,
        at: `${at}/speedup/efficiency`,
        samples: [],
      },
      ...own,
    ]
  })
}

/** Mean and s over the first trial of each seed that the claim's figures are of, or of every seed. */
function meansOf(arm: ComparedArm, reported: Comparison['reported'], samples: readonly SampleLine[]): StatedNumber[] {
  const pooled = new Set(pooledTrials(reported?.seeds, arm.trials).map(({ trial }) => trial))
  const used = samples.filter(({ trial, value }) => pooled.has(trial) && value !== null)
  if (used.length === 0) return []
  const { n, mean, sd } = summarize(used.map(({ value }) => value ?? Number.NaN))
  const [{ metric, unit }] = used
  const shared = { unit, samples: used, at: 'samples.jsonl' }
  const over = `over the first trial of ${n} seed${n === 1 ? ', no spread' : 's'}`
  return [
    { ...shared, name: `mean ${metric} of ${arm.name}`, value: mean, how: `mean ${over}` },
    ...(sd === null
      ? []
      : [{ ...shared, name: `s of ${metric} of ${arm.name}`, value: sd, how: `sample standard deviation ${over}` }]),
  ]
}

/** Does a number print as these digits? `6.2`, `6.2×`, `93.1 %`: within half of the last one. */
export function printsAs(printed: string, value: number): boolean {
  const [, digits, percent] = PRINTED.exec(printed.trim()) ?? []
  if (digits === undefined) return false
  const scale = percent === undefined ? 1 : 100
  return Math.abs(value * scale - Number(digits)) <= halfLastDigit(digits) * (1 + 1e-9)
}

const PRINTED = /^([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*(?:(%)|[×x]|s|steps\/s)?$/i

/** Is this a number as people print it? */
export function isPrintedNumber(printed: string): boolean {
  return PRINTED.test(printed.trim())
}
