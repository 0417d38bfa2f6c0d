import { type Fact, PERFORMANCE_METRICS, type PublishedClaim } from '../study/published-claim-schema.ts'
import type { StatedSpeedup } from './speedup-range.ts'

/** What a claim is, as far as its rules ask. */
export interface ClaimSetting {
  readonly claim: PublishedClaim
  /** Of speed; else of what was learned. */
  readonly performance: boolean
  /** One of two things over the other: without the other it means nothing. */
  readonly ratio: boolean
  /** Byte for byte. */
  readonly numerical: boolean
  readonly workers: number | null
  /** Not known to be one worker alone. */
  readonly parallel: boolean
  /** Null where it does not follow from what is stated. */
  readonly speedup: StatedSpeedup | null
}

export function settingOf(claim: PublishedClaim): ClaimSetting {
  const { metric } = claim.number
  const workers = claim.cluster?.workers?.stated ?? null
  return {
    claim,
    performance: (PERFORMANCE_METRICS as readonly string[]).includes(metric),
    ratio: metric === 'speedup' || metric === 'scaling-efficiency' || metric === 'throughput-gain',
    numerical: claim.level === 'numerical',
    workers,
    parallel: workers !== 1,
    speedup: workers === null || workers === 1 ? null : statedSpeedup(claim, workers),
  }
}

/** A base case of unknown size counts as one worker. */
function statedSpeedup(
  { number: { metric, value, unit, base } }: PublishedClaim,
  workers: number,
): StatedSpeedup | null {
  const stated = Number(value.stated)
  const ideal = workers / (base?.workers?.stated ?? 1)
  switch (metric) {
    case 'speedup':
      return { speedup: stated, ideal, workers }
    case 'scaling-efficiency':
      return { speedup: (unit === '%' ? stated / 100 : stated) * ideal, ideal, workers }
    default:
      return null
  }
}

/** `5.0×`, `90 %`, `23.74 %`: as printed, with its unit. */
export function valueText({ number: { value, unit } }: PublishedClaim): string {
  if (!unit) return value.stated
  return `${value.stated}${unit === '×' ? '' : ' '}${unit}`
}

/** What a claim states at a path such as `cluster.interconnect.bandwidth`; null where it states nothing. */
export function factAt(claim: PublishedClaim, path: string): Fact | null {
  let found: unknown = claim
  for (const key of path.split('.')) found = (found as Record<string, unknown> | null | undefined)?.[key]
  if (found === null || found === undefined) return null
  return typeof found === 'object' ? (found as Fact) : { stated: String(found), where: undefined, unverified: false }
}
