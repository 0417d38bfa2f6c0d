/**
 * Which BLAS kernels print which digest of section 41.8's harness: NumPy of every Python here, under every kind of CPU that
 * OpenBLAS can be told to take this one for. `npm run bench:digest` writes bench/results/published-digest.json.
 */
import { writeFileSync } from 'node:fs'
import { type NumpyHarness, runNumpyHarness } from '../src/cli/numpy-harness.ts'
import { pythons } from '../src/cli/python.ts'
import { captureHost } from '../src/record/host.ts'

const SEEDS = [20260616, 7]

/** One name or more of each family that OpenBLAS knows on x86-64; it maps them to the kernels it was built with. */
const CORE_TYPES = [
  ...['Prescott', 'Core2', 'Penryn', 'Nehalem', 'Atom', 'Barcelona', 'Sandybridge', 'Bulldozer', 'Excavator'],
  ...['Haswell', 'Zen', 'SkylakeX', 'Cooperlake', 'SapphireRapids'],
]

/** What one launch printed, or why it printed nothing. */
export interface DigestLaunch {
  /** OPENBLAS_CORETYPE; null: not set, OpenBLAS looks at the CPU. */
  readonly coreType: string | null
  readonly harness: NumpyHarness | null
  readonly reason: string | null
}

export interface DigestResult {
  readonly host: ReturnType<typeof captureHost>
  readonly launches: readonly DigestLaunch[]
}

if (import.meta.main) {
  const launches: DigestLaunch[] = []
  const launch = async (python: string, coreType?: string): Promise<NumpyHarness | undefined> => {
    const harness = await runNumpyHarness(python, SEEDS, coreType)
    if (harness === 'NumPy is not installed') return undefined
    const [found, reason] = typeof harness === 'string' ? [null, harness] : [harness, null]
    console.log(coreType ?? 'as chosen', found?.kernels ?? reason, found?.runs[0].loss, found?.runs[0].digest)
    launches.push({ coreType: coreType ?? null, harness: found, reason })
    return found ?? undefined
  }
  for (const python of pythons()) {
    const { blas } = (await launch(python)) ?? {}
    if (blas?.startsWith('OpenBLAS')) for (const coreType of CORE_TYPES) await launch(python, coreType)
  }
  const result = { schemaVersion: 1, command: 'npm run bench:digest', host: captureHost(), launches }
  writeFileSync(new URL('results/published-digest.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
}
