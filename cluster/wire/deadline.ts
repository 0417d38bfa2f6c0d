/** Waits for no longer than `milliseconds`. @throws what `overdue` makes when they are over. */
export async function withDeadline<T>(waiting: Promise<T>, milliseconds: number, overdue: () => Error): Promise<T> {
  const { promise: deadline, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(overdue()), milliseconds)
  try {
    return await Promise.race([waiting, deadline])
  } finally {
    clearTimeout(timer)
  }
}
