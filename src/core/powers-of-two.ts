/** 1, 2, 4, … */
export function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && (count & (count - 1)) === 0
}
