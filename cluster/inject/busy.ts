/** Computes for nobody, in slices, until its input ends: with whoever started it, however that ended. */
import { performance } from 'node:perf_hooks'

const SLICE_MS = 10

/** Of each slice. */
const share = Number(process.argv[2])

process.stdin.on('end', () => process.exit()).resume()
slice()

function slice(): void {
  const start = performance.now()
  while (performance.now() - start < share * SLICE_MS);
  if (share === 1) setImmediate(slice)
  else setTimeout(slice, (1 - share) * SLICE_MS)
}
