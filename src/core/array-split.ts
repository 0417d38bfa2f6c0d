import assert from 'node:assert'

export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * The half-open span of part `index` when `length` items are dealt to `parts` parts as NumPy's `array_split` does:
 * the first `length % parts` parts hold one item more.
 */
export function arraySplit(length: number, parts: number, index: number): Span {
  assert(Number.isInteger(parts) && parts >= 1 && index >= 0 && index < parts)
  const base = Math.floor(length / parts)
  const extra = length % parts
  const start = index * base + Math.min(index, extra)
  return { start, end: start + base + (index < extra ? 1 : 0) }
}
