/** Bounds of an unknown quantity, or the reason why there are none. */
export interface Interval {
  readonly lower: number | null
  readonly upper: number | null
  readonly confidence: number
  readonly method: IntervalMethod
  /** Why there are no bounds, or why they are of another method than was asked for. */
  readonly reason: string | null
}

export type IntervalMethod =
  | "Student's t"
  | 'order statistics'
  | 'bootstrap percentile'
  | 'bootstrap BCa'
  | 'Welch'
  | 'Fieller'
  | 'paired log bootstrap'
  | 'prediction'

/** An interval that cannot be had. */
export function noInterval(method: IntervalMethod, confidence: number, reason: string): Interval {
  return { lower: null, upper: null, confidence, method, reason }
}

/** Does it leave a value out? False where there are no bounds. */
export function excludes({ lower, upper }: Interval, value: number): boolean {
  return (lower !== null && lower > value) || (upper !== null && upper < value)
}
