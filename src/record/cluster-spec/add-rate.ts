import { ARITHMETICS } from '../../reduce/arithmetics.ts'

const ELEMENTS = 1 << 18
const WARMUP = 20
const SAMPLES = 31

/** Bytes a second that one thread of this process adds to a partial sum of f32: 1 MiB at a time, by the median of 31. */
export function measureAddRate(): number {
  const sums = ARITHMETICS.f32.begin(new Float32Array(ELEMENTS))
  const incoming = new Uint8Array(ELEMENTS * ARITHMETICS.f32.bytesPerElement)
  const milliseconds = Array.from({ length: WARMUP + SAMPLES }, () => {
    const start = performance.now()
    sums.add(incoming, 0)
    return performance.now() - start
  })
  const sorted = milliseconds.slice(WARMUP).sort((a, b) => a - b)
  return Math.round((incoming.length / sorted[(SAMPLES - 1) / 2]) * 1000)
}
