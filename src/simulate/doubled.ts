/** The same numbers in an array of twice the length. */
export function doubled<T extends Int32Array | Float64Array>(numbers: T): T {
  const longer = new (numbers.constructor as new (length: number) => T)(2 * numbers.length)
  longer.set(numbers)
  return longer
}
