/** integer · 2^exponent as f64, rounded once to nearest, ties to even; Infinity beyond the range, +0 for 0. */
export function roundToF64(integer: bigint, exponent: number): number {
  const magnitude = integer < 0n ? -integer : integer
  const excess = Math.max(0, magnitude.toString(2).length - 53, -1074 - exponent)
  const kept = magnitude >> BigInt(excess)
  const twiceRest = (magnitude - (kept << BigInt(excess))) << 1n
  const half = 1n << BigInt(excess)
  const up = excess > 0 && (twiceRest > half || (twiceRest === half && (kept & 1n) === 1n))
  // Exact: 53 bits above the subnormals, or an integer of 2^-1074. Beyond the range it overflows as rounding wants.
  const result = Number(up ? kept + 1n : kept) * 2 ** (excess + exponent)
  return integer < 0n ? -result : result
}
