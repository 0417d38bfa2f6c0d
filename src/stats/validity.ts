import coverage from './coverage.json' with { type: 'json' }
import { type Interval, type IntervalMethod, noInterval } from './interval.ts'

/** What is assumed of values that are summarized. `unknown`: normal, skewed or of two kinds, but independent. */
export type Assumption = 'normal' | 'lognormal' | 'bimodal' | 'unknown'

/** How far a true coverage may lie from the nominal 95 %. */
export const COVERAGE_TOLERANCE = 0.01

/** May it hold more often than it says? */
const CONSERVATIVE: readonly IntervalMethod[] = ['order statistics']

/** True coverage of a method's 95 % interval by shape, then number of values: `npm run docs:calibration` measures it. */
type Coverage = Readonly<Record<IntervalMethod, Readonly<Record<string, Readonly<Record<string, number | null>>>>>>

/** The interval where its method is valid for what is assumed, else none and how often it would hold. */
export function validOrNone(interval: Interval, n: number, assumed: Assumption): Interval {
  const { method, confidence } = interval
  if (interval.lower === null) return interval
  const shapes = assumed === 'unknown' ? (['normal', 'lognormal', 'bimodal'] as const) : [assumed]
  const wrong = shapes.find((shape) => !isValid(method, n, shape))
  if (wrong === undefined) return interval
  const found = coverageAt(method, n, wrong)
  const reason =
    found === null
      ? `not valid here: how often ${method} holds at n = ${n} was not measured`
      : `not valid here: ${method} covers ${(100 * found).toFixed(1)} % of ${wrong} values at n = ${n}`
  return noInterval(method, confidence, reason)
}

/** Does a 95 % interval hold in 95 % of cases? Between the sizes that were measured the smaller one counts. */
export function isValid(method: IntervalMethod, n: number, shape: string): boolean {
  const found = coverageAt(method, n, shape)
  if (found === null) return false
  return found >= 0.95 - COVERAGE_TOLERANCE && (CONSERVATIVE.includes(method) || found <= 0.95 + COVERAGE_TOLERANCE)
}

function coverageAt(method: IntervalMethod, n: number, shape: string): number | null {
  const bySize = (coverage as Coverage)[method][shape]
  const size = Object.keys(bySize)
    .map(Number)
    .filter((measured) => measured <= n)
    .at(-1)
  return size === undefined ? null : bySize[size]
}
