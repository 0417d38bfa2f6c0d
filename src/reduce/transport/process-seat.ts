import { setImmediate, setTimeout } from 'node:timers/promises'
import { scheduleOf } from '../algorithms.ts'
import { ARITHMETICS } from '../arithmetics.ts'
import { allReduce } from '../executor.ts'
import { rankProgram } from '../schedule.ts'
import type { Seat } from '../seat.ts'
import type { Transport } from './transport.ts'

/** What every seat of a process has in common. The clock is the system's monotonic one, the same in every process. */
export const processClock: Pick<Seat, 'clock' | 'until' | 'peakResidentBytes'> = {
  clock: machineSeconds,
  async until(seconds) {
    // A timer rounds to milliseconds; the rest is waited for with the event loop running.
    const wholeMs = Math.floor((seconds - machineSeconds()) * 1000) - 1
    if (wholeMs >= 1) await setTimeout(wholeMs)
    while (machineSeconds() < seconds) await setImmediate()
  },
  peakResidentBytes: () => process.resourceUsage().maxRSS * 1024,
}

function machineSeconds(): number {
  return Number(process.hrtime.bigint()) / 1e9
}

/** A seat in a rank's own memory. Its barrier is an all-reduce of one element. */
export function processSeat(transport: Transport): Seat {
  const schedule = scheduleOf('rank-order', transport.rankCount)
  const program = rankProgram(schedule, transport.rank)
  let call = 0
  const nextCall = (): number => call++
  return {
    ...processClock,
    transport,
    nextCall,
    vector: (length) => new Float32Array(length),
    arithmetic: (name) => ARITHMETICS[name],
    async barrier() {
      await allReduce(schedule, ARITHMETICS.f32, program, transport, nextCall(), new Float32Array(1))
    },
  }
}
