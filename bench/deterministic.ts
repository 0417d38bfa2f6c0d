/**
 * The price of deterministic mode: what its guard costs a training, and what a planned order costs beside arrival, which it
 * refuses. `npm run bench:deterministic -- --rounds 15` prints the ratios and writes bench/results/deterministic.json.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runInto } from '../src/cli/budget-check.ts'
import { formatTable, wrap } from '../src/cli/table.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost } from '../src/record/host.ts'
import { studySchema } from '../src/study/schema.ts'
import { medianOf, p50 } from './peers/peer.ts'

const RESULT = fileURLToPath(new URL('results/deterministic.json', import.meta.url))
const COMMON = {
  purpose: 'What does deterministic mode cost?',
  workload: { name: 'linear', rows: 4096, columns: 16 },
  training: { steps: 200, learningRate: 0.05 },
  seeds: [0],
  engine: 'cpu',
}

interface Side {
  readonly algorithm: string
  readonly deterministic: boolean
}

/** Two trainings that differ in what is priced; the ratio is the time of the first over that of the second. */
const PRICES = [
  {
    price: 'guard of draws',
    nodes: 2,
    sides: [side('ring', true), side('ring', false)],
  },
  {
    price: 'planned order in place of arrival',
    nodes: 4,
    sides: [side('rank-order', true), side('arrival', false)],
  },
] as const

function side(algorithm: string, deterministic: boolean): Side {
  return { algorithm, deterministic }
}

const { rounds } = readOptions()
const out = mkdtempSync(join(tmpdir(), 'reducible-deterministic-'))
process.once('exit', () => rmSync(out, { recursive: true, force: true }))
const host = captureHost()
const loadAverageBefore = loadavg()[0]
/** By price, then round: train seconds of both sides. */
const seconds: [number, number][][] = PRICES.map(() => [])
for (let round = 1; round <= rounds; round++) {
  for (const [index, { nodes, sides }] of PRICES.entries()) {
    const [mode, other] = sides
    // Odd rounds run the mode first, even ones the other, so that drift touches both alike.
    const modeFirst = round % 2 === 1 ? await trainSeconds(mode, nodes) : undefined
    const otherSeconds = await trainSeconds(other, nodes)
    seconds[index].push([modeFirst ?? (await trainSeconds(mode, nodes)), otherSeconds])
  }
}
const rows = PRICES.map(({ price, nodes, sides }, index) => {
  const ratios = seconds[index].map(([mode, other]) => mode / other)
  const [modeSeconds, otherSeconds] = [0, 1].map((at) => p50(seconds[index].map((both) => both[at])))
  return { price, nodes, sides, modeSeconds, otherSeconds, seconds: seconds[index], ratios, ratio: medianOf(ratios) }
})
const { workload, training, engine } = COMMON
writeAtomically(
  RESULT,
  prettyJson({ schemaVersion: 1, host, loadAverageBefore, rounds, workload, training, engine, rows }),
)
console.log(report())

function readOptions(): { rounds: number } {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } })
  if (!/^[1-9]\d*$/.test(values.rounds)) throw new Error(`--rounds must be a whole number (got '${values.rounds}')`)
  return { rounds: Number(values.rounds) }
}

/** Of one trial in fresh processes, its slowest node. */
async function trainSeconds({ algorithm, deterministic }: Side, nodes: number): Promise<number> {
  const study = studySchema.parse({ ...COMMON, arms: [{ name: algorithm, nodes, algorithm }] })
  const { signal } = new AbortController()
  const { trials } = await runInto(study, 'price.yaml', { out, deterministic }, signal)
  return trials[0].trainSeconds
}

function report(): string {
  const header = ['price', 'n', 'with(s)', 'without(s)', 'ratio', '95 %']
  const cells = rows.map(({ price, nodes, modeSeconds, otherSeconds, ratio }) => [
    price,
    `${nodes}${nodes > host.cores ? '*' : ''}`,
    modeSeconds.toFixed(3),
    otherSeconds.toFixed(3),
    ratio.value.toFixed(2),
    ratio.interval.map((bound) => bound?.toFixed(2) ?? '?').join('–'),
  ])
  return [
    wrap(
      `# ${training.steps} steps of ${workload.name} (${workload.rows} × ${workload.columns}), CPU engine, median of ${rounds} rounds`,
      '#   ',
    ),
    wrap('# ratio: time with over time without, within one round; 95 %: order-statistic bounds', '#   '),
    `# load average before: ${loadAverageBefore.toFixed(1)}; *: more nodes than cores`,
    '',
    formatTable(
      header,
      cells,
      header.map((_, i) => (i === 0 ? 'left' : 'right')),
    ),
    '',
    'samples: bench/results/deterministic.json',
  ].join('\n')
}
