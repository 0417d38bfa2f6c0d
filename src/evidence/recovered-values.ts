import { detectableInStandardErrors } from '../stats/effect-size.ts'
import { predictionHalfWidth, rejectionRates } from '../stats/prediction.ts'
import { type Summary, summarize } from '../stats/summary.ts'
import type { Claim } from '../study/schema.ts'
import { type ComparedArm, metricValue } from './comparison.ts'
import type { Check } from './verdict.ts'

/** The metric of one arm then and now: the case "m fresh values against n recorded ones". */
export interface RecoveredArm {
  readonly arm: string
  /** Null where every trial diverged. */
  readonly recorded: Summary | null
  readonly recovered: Summary | null
  /** Greatest |now − then| over trials that both runs finished; null: there is none. */
  readonly largestPairedDifference: number | null
  /** Null where there are no two recorded values, or no recovered one: nothing can be judged then. */
  readonly judged: RecoveredJudgement | null
}

export interface RecoveredJudgement {
  /** The published rule: inside mean ± s. */
  readonly insidePublishedRule: boolean
  readonly publishedRuleFalseAlarmRate: number
  /** For the mean of the recovered values, 95 %. */
  readonly predictionInterval: readonly [number, number]
  readonly pass: boolean
  readonly falseAlarmRate: number
  /** By true shift in units of the recorded s. */
  readonly missRateByShift: Readonly<Record<'1s' | '2s' | '3s', number>>
  /** The shift that these numbers of values notice four times in five, in the metric's unit. */
  readonly smallestChange: number
}

/** Holds the arms of a replay against the recorded ones: arms of equal place, the first trial of each seed. */
export function recoverArms(
  metric: Claim['metric'],
  then: readonly ComparedArm[],
  now: readonly ComparedArm[],
): RecoveredArm[] {
  const rates = new Map<string, CaseRates>()
  const ratesOf = (n: number, m: number): CaseRates => {
    const known = rates.get(`${n} ${m}`) ?? caseRates(n, m)
    rates.set(`${n} ${m}`, known)
    return known
  }
  return then.map((recordedArm, place) => {
    const recorded = valuesOf(metric, recordedArm)
    const recovered = valuesOf(metric, now[place])
    const distances = [...recorded].flatMap(([trial, value]) => {
      const other = recovered.get(trial)
      return other === undefined ? [] : [Math.abs(other - value)]
    })
    const [was, is] = [recorded, recovered].map((values) =>
      values.size === 0 ? null : summarize([...values.values()]),
    )
    return {
      arm: recordedArm.name,
      recorded: was,
      recovered: is,
      largestPairedDifference: distances.length === 0 ? null : Math.max(...distances),
      judged: was === null || is === null ? null : judgeRecovered(was, is, ratesOf),
    }
  })
}

function valuesOf(metric: Claim['metric'], { trials }: ComparedArm): Map<string, number> {
  const firsts = trials.filter(({ repeat }) => repeat === 0)
  return new Map(
    firsts.flatMap((trial) => {
      const value = metricValue(metric, trial)
      return value === null ? [] : [[trial.trial, value] as const]
    }),
  )
}

type CaseRates = Pick<RecoveredJudgement, 'falseAlarmRate' | 'publishedRuleFalseAlarmRate' | 'missRateByShift'>

/** Of "m fresh values against n recorded ones". */
function caseRates(n: number, m: number): CaseRates {
  const [faithful, ...shifted] = [0, 1, 2, 3].map((shift) => rejectionRates(n, m, shift))
  const [one, two, three] = shifted.map(({ interval }) => 1 - interval)
  return {
    falseAlarmRate: faithful.interval,
    publishedRuleFalseAlarmRate: faithful.publishedRule,
    missRateByShift: { '1s': one, '2s': two, '3s': three },
  }
}

function judgeRecovered(
  { mean, sd, n }: Summary,
  recovered: Summary,
  ratesOf: (n: number, m: number) => CaseRates,
): RecoveredJudgement | null {
  if (sd === null) return null
  const m = recovered.n
  const half = predictionHalfWidth({ mean, sd, n }, m)
  const distance = Math.abs(recovered.mean - mean)
  return {
    ...ratesOf(n, m),
    insidePublishedRule: distance <= sd,
    predictionInterval: [mean - half, mean + half],
    pass: distance <= half,
    smallestChange: detectableInStandardErrors(n - 1) * sd * Math.sqrt(1 / m + 1 / n),
  }
}

/** Do all arms come out within what their recorded values predict? */
export function checkValues(arms: readonly RecoveredArm[]): Check {
  const name = 'values'
  const unjudged = arms.filter(({ judged }) => judged === null)
  if (unjudged.length > 0) {
    const detail = `${unjudged.map(({ arm }) => arm).join(', ')}: fewer than two recorded seeds, or no value now; no interval`
    return { name, outcome: 'not tested', detail }
  }
  const outside = arms.filter(({ judged }) => judged?.pass === false)
  return outside.length === 0
    ? {
        name,
        outcome: 'pass',
        detail: `the mean of every arm is inside its 95 % prediction interval`,
      }
    : {
        name,
        outcome: 'fail',
        detail: `outside the 95 % prediction interval: ${outside.map(({ arm }) => arm).join(', ')}`,
      }
}
