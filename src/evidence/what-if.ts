import type { PublishedClaim } from '../study/published-claim-schema.ts'
import { factAt, settingOf } from './claim-setting.ts'
import { algorithmsIn, type ClaimedExchange, claimedExchange } from './claimed-exchange.ts'
import { type AskedFabric, claimedFabric } from './claimed-fabric.ts'
import type { StatedSpeedup } from './speedup-range.ts'

/** A claim of speed, put to the simulator. */
export interface WhatIf {
  readonly simulated: true
  readonly answer: 'consistent' | 'impossible' | 'undecidable'
  /** One sentence each. */
  readonly reasons: readonly string[]
  /** Keys of the claim for want of which nothing is decided. */
  readonly wants: readonly string[]
  /** Null where the claim states none that can be read. */
  readonly fabric: string | null
  /** Of a step; null where it cannot be simulated. */
  readonly exchange: ClaimedExchange | null
  /** Over the base case; null where it cannot be predicted. */
  readonly speedup: PredictedSpeedup | null
  /** Statements it rests on that nobody looked up in the source. */
  readonly unverified: readonly string[]
}

/** Where a speedup can lie. */
export interface PredictedSpeedup {
  readonly claimed: number
  readonly ideal: number
  readonly low: SpeedupEnd
  readonly high: SpeedupEnd
}

/** One end of the range, and what gives it. */
export interface SpeedupEnd {
  readonly value: number
  readonly assumed: readonly string[]
}

/**
 * Is a claim of speed possible on a fabric? Impossible is what lies above all that the assumptions allow; a lower speed than predicted
 * needs only something else that takes time.
 * @param asked in place of the fabric that the claim states.
 */
export function whatIf(claim: PublishedClaim, asked: AskedFabric | null): WhatIf {
  const fabric = asked ?? claimedFabric(claim)
  const missing = missingFor(claim, fabric)
  const exchange = fabric !== null && missing.length === 0 ? exchangeOf(claim, fabric) : null
  const { speedup: stated } = settingOf(claim)
  const speedup = exchange && stated ? predict(claim, stated, exchange) : null
  const refuted = refutation(claim, stated, exchange, speedup)
  const wants = [...missing, ...wantedOfStep(claim), ...wantedOfRatio(claim)]
  const decided = refuted !== null || wants.length === 0
  return {
    simulated: true,
    answer: refuted !== null ? 'impossible' : decided ? 'consistent' : 'undecidable',
    reasons: refuted !== null ? [refuted] : remarks(claim, speedup),
    wants: decided ? [] : wants,
    fabric: fabric?.name ?? null,
    exchange,
    speedup,
    unverified: USED.filter((path) => factAt(claim, path)?.unverified),
  }
}

/** What a prediction is made from. */
const USED = [
  'number.value',
  'number.stepSeconds',
  'number.base.workers',
  'code.gradientBytes',
  'code.computeSeconds',
  'cluster.nodes',
  'cluster.workers',
  'cluster.interconnect.bandwidth',
  'cluster.interconnect.latency',
  'cluster.collective.algorithm',
]

/** Keys without which there is no exchange to simulate. */
function missingFor(claim: PublishedClaim, fabric: AskedFabric | null): string[] {
  const keys = ['cluster.workers', 'code.gradientBytes'].filter((path) => factAt(claim, path) === null)
  return [...keys, ...(fabric === null ? ['cluster.interconnect.bandwidth'] : [])]
}

function wantedOfStep(claim: PublishedClaim): string[] {
  const keys = ['code.computeSeconds', 'number.stepSeconds']
  return keys.every((path) => factAt(claim, path) === null) ? [keys.join(' or ')] : []
}

/** A gain, a rate and a duration become a speedup over fewer workers only with what the base case does. */
function wantedOfRatio({ number }: Pick<PublishedClaim, 'number'>): string[] {
  return number.metric === 'speedup' || number.metric === 'scaling-efficiency' ? [] : ['number.points']
}

function exchangeOf(claim: PublishedClaim, fabric: AskedFabric): ClaimedExchange {
  const { cluster, code, number } = claim
  return claimedExchange(
    {
      workers: cluster?.workers?.stated ?? 1,
      baseWorkers: number.base?.workers?.stated ?? 1,
      servers: cluster?.nodes?.stated ?? null,
      gradientBytes: code?.gradientBytes?.stated ?? 0,
      algorithms: algorithmsIn(claim),
    },
    fabric,
  )
}

/**
 * A step takes at least what the longer of computing and exchange does, and at most both; the speedup is the ideal by the step of the
 * base case over it. A stated step bounds computing from both sides.
 * @returns null where neither is stated.
 */
function predict(
  { code, number }: PublishedClaim,
  { speedup, ideal }: StatedSpeedup,
  { best, worst, base }: ClaimedExchange,
): PredictedSpeedup | null {
  const step = number.stepSeconds?.stated
  const compute = code?.computeSeconds?.stated ?? step
  if (compute === undefined) return null
  const least = code?.computeSeconds?.stated ?? Math.max(0, compute - worst.seconds)
  const shortest = step ?? Math.max(compute, best.seconds)
  const longest = step ?? compute + worst.seconds
  const lost = base.seconds === 0 ? [] : [`a base case that hides nothing of its ${secondsText(base.seconds)}`]
  return {
    claimed: speedup,
    ideal,
    high: {
      value: ideal * Math.min(1, (compute + base.seconds) / shortest),
      assumed: ['the exchange at best, hidden behind computing', ...lost],
    },
    low: {
      value: ideal * Math.min(1, least / longest),
      assumed: ['the exchange at worst, nothing of it hidden', 'a base case that exchanges nothing'],
    },
  }
}

/** Why it cannot be, whatever is still open; null: it can. */
function refutation(
  claim: PublishedClaim,
  stated: StatedSpeedup | null,
  exchange: ClaimedExchange | null,
  speedup: PredictedSpeedup | null,
): string | null {
  const step = claim.number.stepSeconds?.stated
  if (stated && leastPrinted(claim, stated) > stated.ideal) {
    return `${times(stated.speedup)} is more than ${times(stated.ideal)}, as often as there are workers for the same work`
  }
  if (exchange && step !== undefined && exchange.best.seconds > step) {
    return `a step is said to take ${secondsText(step)}, and its exchange alone takes ${secondsText(exchange.best.seconds)}`
  }
  if (exchange && stated && speedup && leastPrinted(claim, stated) > speedup.high.value) {
    return `${times(stated.speedup)} is claimed and at most ${times(speedup.high.value)} can be: the exchange of a step takes ${secondsText(exchange.best.seconds)} or more`
  }
  return null
}

/** The least speedup that is printed as the stated one. */
function leastPrinted({ number: { value } }: PublishedClaim, { speedup }: StatedSpeedup): number {
  const decimals = value.stated.split('.')[1]?.length ?? 0
  return speedup * (1 - 0.5 / 10 ** decimals / Number(value.stated))
}

function remarks(claim: PublishedClaim, speedup: PredictedSpeedup | null): string[] {
  if (wantedOfRatio(claim).length > 0) {
    return [`a ${claim.number.metric} alone says nothing of what the exchange takes of a step`]
  }
  if (speedup === null || speedup.claimed >= speedup.low.value) return []
  return ['it is lower than all that was predicted: something beside the exchange takes time']
}

/** `6.2×` */
export function times(ratio: number): string {
  return `${ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3)}×`
}

/** `31 ms` */
export function secondsText(seconds: number): string {
  return seconds >= 1 ? `${seconds.toPrecision(3)} s` : `${(1000 * seconds).toPrecision(3)} ms`
}
