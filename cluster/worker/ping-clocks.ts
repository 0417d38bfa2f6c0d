import type { ClockPing } from '../../src/reduce/clock-offset.ts'
import type { Transport } from '../../src/reduce/transport/transport.ts'

/**
 * Asks another node for its time, again and again; only the best answer will count.
 * @param call the number of this exchange, the same on both nodes.
 */
export async function askForTime(
  transport: Transport,
  other: number,
  call: number,
  pingCount: number,
): Promise<ClockPing[]> {
  const pings: ClockPing[] = []
  for (let round = 0; round < pingCount; round++) {
    const tag = { call, round, chunk: 0 }
    const sent = wallClockMs()
    await transport.send(other, tag, { bytes: new Uint8Array(4), order: '' })
    const answer = new Uint8Array(16)
    await transport.receive(other, tag, answer.length, (piece, at) => answer.set(piece, at))
    const returned = wallClockMs()
    const [received, answered] = new Float64Array(answer.buffer)
    pings.push({ sent, received, answered, returned })
  }
  return pings
}

/** The other end of askForTime. */
export async function answerWithTime(
  transport: Transport,
  other: number,
  call: number,
  pingCount: number,
): Promise<void> {
  for (let round = 0; round < pingCount; round++) {
    const tag = { call, round, chunk: 0 }
    await transport.receive(other, tag, 4, () => {})
    const received = wallClockMs()
    await transport.send(other, tag, {
      bytes: new Uint8Array(new Float64Array([received, wallClockMs()]).buffer),
      order: '',
    })
  }
}

/**
 * The wall clock, in milliseconds with their fractions. `performance.timeOrigin` was up to 23 ms off on a busy machine: a
 * process reads its two clocks one after the other at its start, and may be held up between them.
 */
export function wallClockMs(): number {
  return Number(Temporal.Now.instant().epochNanoseconds / 1000n) / 1000
}
