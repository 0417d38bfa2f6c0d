/**
 * Adjusts p values of tests that are read together: reject those at most α, and the chance of any false rejection is at most α.
 * @source Holm 1979, A simple sequentially rejective multiple test procedure.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b])
  const adjusted: number[] = []
  let largest = 0
  for (const [place, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - place) * pValues[i]))
    adjusted[i] = largest
  }
  return adjusted
}
