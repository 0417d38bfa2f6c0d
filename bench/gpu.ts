/**
 * `npm run test:gpu`: what one adapter can be trusted with, in one go: the probe of its arithmetic, the kernel tests against
 * the twin, both claims, and the roofline. Prints a closing table, writes bench/results/gpu-<adapter>.json, and ends with 1 where
 * a row of the probe or a kernel test failed, or a verdict is not true. `--adapter NAME` (default: the best there is), `--quick` for the claims' quick blocks.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gpuBenchText } from '../src/cli/gpu-bench.ts'
import { gpuProbeText } from '../src/cli/gpu-probe.ts'
import { formatTable } from '../src/cli/table.ts'
import { projectRoot } from '../src/core/paths.ts'
import { type AvailableAdapter, chooseAdapter } from '../src/gradient/gpu/adapters.ts'
import { benchAdapter } from '../src/gradient/gpu/gpu-bench.ts'
import { kernelsDigest } from '../src/gradient/gpu/kernels.ts'
import { probeAdapter } from '../src/gradient/gpu/probe.ts'
import { failedRows } from '../src/gradient/gpu/probe-record.ts'
import { codeState } from '../src/record/code-state.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost, packageVersions } from '../src/record/host.ts'

const KERNEL_TESTS = ['arithmetic', 'kernels', 'mlp'].map((name) => `test/gradient/${name}.test.ts`)
const CLAIMS = ['capstone-41.8', 'mnist-softmax'].map((name) => `configs/claims/${name}.yaml`)
const DEADLINE_MS = 600_000

const { adapter: wanted = 'auto', quick = false } = parseArgs({
  options: { adapter: { type: 'string' }, quick: { type: 'boolean' } },
}).values
const { commit, state } = codeState()
const startedAt = new Date().toISOString()
const chosen = await chooseAdapter(wanted)
console.log(`adapter: ${chosen.adapter.name}, ${chosen.adapter.driver}${chosen.adapter.software ? ' (SOFTWARE)' : ''}`)

const probe = await timed('probe', () => probeOf(chosen))
console.log(`\n${gpuProbeText(probe.record)}`)
const kernelTests = await timed('kernel tests against the twin', () => runKernelTests(chosen))
const claims: (ClaimOutcome & { readonly seconds: number })[] = []
for (const claim of CLAIMS) claims.push(await timed(claim, () => reproduceClaim(claim)))
const roofline = await timed('roofline', () => benchAdapter(chosen))

const kernelsPass = kernelTests.status === 0 && kernelTests.failed === 0 && kernelTests.passed > 0
const passed = probe.failed.length === 0 && kernelsPass && claims.every(({ verdict }) => verdict === 'true')
console.log(`\n${gpuBenchText(roofline)}\n\n${closingTable()}`)
const slug =
  chosen.adapter.name
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join('-') ?? 'unnamed'
const file = fileURLToPath(new URL(`results/gpu-${slug}.json`, import.meta.url))
const { adapter, ...measured } = roofline
const result = {
  schemaVersion: 1,
  command: `node bench/gpu.ts --adapter '${wanted}'${quick ? ' --quick' : ''}`,
  startedAt,
  passed,
  quick,
  software: adapter.software,
  adapter,
  host: captureHost(),
  code: { commit, state },
  kernelsSha256: kernelsDigest(),
  packages: packageVersions(),
  probe: { seconds: probe.seconds, outcome: probe.outcome, rows: probe.record.rows },
  kernelTests,
  claims,
  ...measured,
}
writeAtomically(file, prettyJson(result))
console.log(`\n${passed ? 'passed' : 'FAILED'}; written to ${file}`)
process.exit(passed ? 0 : 1)

/** The probe, and the names of the rows that failed. */
async function probeOf(available: AvailableAdapter) {
  const record = await probeAdapter(available)
  const failed = failedRows(record).map(({ name }) => name)
  return { record, failed, outcome: failed.length === 0 ? 'passed' : `FAILED: ${failed.join(', ')}` }
}

/** The kernel tests on the adapter. The counts are those of the line they end with; 0 where they never got there. */
async function runKernelTests({ adapter: { name }, environment }: AvailableAdapter) {
  const words = [join(projectRoot, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'fast', ...KERNEL_TESTS]
  const { status, stdout } = await nodeProcess(words, { ...environment, TEST_ADAPTER: name, COUNTS_FILE: '' })
  const counts = stdout.match(/^(\d+) passed, (\d+) failed, (\d+) skipped$/m)?.slice(1) ?? []
  const [passed = 0, failed = 0, skipped = 0] = counts.map(Number)
  if (status !== 0) console.error(stdout)
  return { status, passed, failed, skipped, outcome: `${passed} passed, ${failed} failed, ${skipped} skipped` }
}

/** What `reducible reproduce` comes to on the adapter; its run folder does not stay. */
async function reproduceClaim(claim: string): Promise<ClaimOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'reducible-gpu-'))
  try {
    const flags = ['--adapter', chosen.adapter.name, '--json', '--out', folder, ...(quick ? ['--quick'] : [])]
    const words = [join(projectRoot, 'src/cli/main.ts'), 'reproduce', claim, '--no-require-clean', ...flags]
    const { status, stdout } = await nodeProcess(words, {})
    const { verdict, result, error } = documentOf(stdout)
    const outcome = `verdict ${verdict ?? 'none'}${error ? `: [${error.code}] ${error.message}` : ''}`
    return { claim, status, verdict, result: result ?? null, error: error ?? null, outcome }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface ClaimOutcome {
  readonly claim: string
  readonly status: number | null
  readonly verdict: string | null
  readonly result: unknown
  readonly error: ReproduceDocument['error'] | null
  readonly outcome: string
}

interface ReproduceDocument {
  readonly verdict: string | null
  readonly result?: unknown
  readonly error?: { readonly code: string; readonly message: string }
}

/** The one JSON document of the command; a command that died without one has no verdict. */
function documentOf(stdout: string): ReproduceDocument {
  if (stdout === '') return { verdict: null, error: { code: 'internal', message: 'it printed no document' } }
  return JSON.parse(stdout) as ReproduceDocument
}

async function nodeProcess(words: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, words, {
    cwd: projectRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: DEADLINE_MS,
  })
  const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { status: status as number | null, stdout }
}

/** Says what starts and how it ended, and adds how long it took. */
async function timed<T extends object>(
  what: string,
  work: () => Promise<T>,
): Promise<T & { readonly seconds: number }> {
  console.log(`\n${what} …`)
  const start = performance.now()
  const outcome = await work()
  const seconds = Math.round((performance.now() - start) / 100) / 10
  console.log(`${what}: ${'outcome' in outcome ? outcome.outcome : 'measured'} (${seconds} s)`)
  return { ...outcome, seconds }
}

function closingTable(): string {
  const rows = [
    ['probe', probe.outcome, `${probe.seconds}`],
    ['kernel tests', kernelTests.outcome, `${kernelTests.seconds}`],
    ...claims.map(({ claim, outcome, seconds }) => [claim, outcome, `${seconds}`]),
    ['roofline', `${roofline.kernels.length} dispatches measured`, `${roofline.seconds}`],
  ]
  return formatTable(['what', 'outcome', 's'], rows, ['left', 'left', 'right'])
}
