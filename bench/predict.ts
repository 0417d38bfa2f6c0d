/**
 * Predicts all-reduces over more nodes than were measured, and then measures them: `npm run bench:predict`. Nodes are network
 * namespaces on links of 20 Mbit/s. From a capture of three nodes and all-reduces over two and three it writes
 * bench/results/predict-forecast.json, with its digest and the time; only then larger node counts are measured, and
 * bench/results/predict.json says how far off it was, and why. `--json` prints that.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runCapture } from '../cluster/coordinator/run-capture.ts'
import { enterOwnNetwork } from '../cluster/launch/netns/enter.ts'
import { type NamespaceNetwork, openNetwork } from '../cluster/launch/netns/network.ts'
import { planShaping } from '../cluster/launch/netns/plan.ts'
import { projectRoot } from '../src/core/paths.ts'
import { assembleSpec } from '../src/record/cluster-spec/assemble.ts'
import { loadStatements, statedLinksOf } from '../src/record/cluster-spec/load.ts'
import { UNKNOWN } from '../src/record/cluster-spec/schema.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost } from '../src/record/host.ts'
import { type CheckedPoint, checkSweep, scoreOf } from './predict/check.ts'
import { forecast, readForecast, writeForecast } from './predict/forecast.ts'
import { type MeasuredSweep, measureSweep, type Sweep } from './predict/measure.ts'
import { blameLine, pointsTable, scoreLines } from './predict/report.ts'

const COMMAND = 'npm run bench:predict'
const STATED = join(projectRoot, 'cluster', 'specs', 'stated', 'commodity-ethernet.yaml')
const FORECAST = join(projectRoot, 'bench', 'results', 'predict-forecast.json')
const RESULT = join(projectRoot, 'bench', 'results', 'predict.json')

const FITTED_NODES = [2, 3]
const HELD_OUT_NODES = [4, 5, 6, 8]
const SWEEP: Sweep = {
  algorithms: ['ring', 'halving-doubling', 'recursive-doubling', 'binomial-tree', 'double-binary-tree', 'all-pairs'],
  sizes: [64, 128, 256, 512].map((kibibytes) => kibibytes * 1024),
  neighbourBytes: 256 * 1024,
}

const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values
const statements = loadStatements(STATED)
const links = statedLinksOf(statements)
enterOwnNetwork(links)
const folder = mkdtempSync(join(tmpdir(), 'reducible-predict-'))
const startedMs = performance.now()
await using network = await openNetwork(Math.max(...HELD_OUT_NODES), links)
const sha256 = await predict(network)
const checked = await measureHeldOut(network, sha256)
report(checked)
rmSync(folder, { recursive: true })

/** From the capture and the smallest node counts alone. @returns the digest of what was written. */
async function predict(nodes: NamespaceNetwork): Promise<string> {
  say(`capturing ${Math.max(...FITTED_NODES)} nodes`)
  const signal = new AbortController().signal
  const captured = await runCapture({
    nodeCount: Math.max(...FITTED_NODES),
    adapters: [],
    elsewhere: nodes,
    folder,
    signal,
  })
  const fittedTo: MeasuredSweep[] = []
  for (const count of FITTED_NODES) {
    say(`measuring ${count} nodes, to fit`)
    fittedTo.push(await measureSweep(nodes, count, SWEEP, folder))
  }
  const spec = assembleSpec(captured, statements, UNKNOWN)
  const places = HELD_OUT_NODES.flatMap((count) =>
    SWEEP.sizes.flatMap((sizeBytes) => SWEEP.algorithms.map((algorithm) => ({ algorithm, nodes: count, sizeBytes }))),
  )
  const known = { spec, fabric: nodes.fabric, fittedTo }
  const written = forecast(known, planShaping(links).burstNs, places, COMMAND)
  const digest = writeForecast(FORECAST, written)
  say(`${places.length} predictions written at ${written.writtenAtUtc}`)
  say(`sha256 ${digest}`)
  return digest
}

interface Checked {
  readonly firstMeasuredAtUtc: string
  readonly writtenAtUtc: string
  readonly points: readonly CheckedPoint[]
  /** By node count, what says who is to blame. */
  readonly witnesses: readonly Omit<MeasuredSweep, 'sized'>[]
}

/** Reads what was written, and nothing else of what came before. */
async function measureHeldOut(nodes: NamespaceNetwork, digest: string): Promise<Checked> {
  const written = readForecast(FORECAST, digest)
  const firstMeasuredAtUtc = new Date().toISOString()
  const points: CheckedPoint[] = []
  const witnesses: Checked['witnesses'][number][] = []
  for (const count of HELD_OUT_NODES) {
    say(`measuring ${count} nodes, held out`)
    const measured = await measureSweep(nodes, count, SWEEP, folder)
    points.push(...checkSweep(written, measured))
    const { sized: _, ...beside } = measured
    witnesses.push(beside)
  }
  readForecast(FORECAST, digest) // it has not changed meanwhile
  return { firstMeasuredAtUtc, writtenAtUtc: written.writtenAtUtc, points, witnesses }
}

function report({ firstMeasuredAtUtc, writtenAtUtc, points, witnesses }: Checked): void {
  const free = points.filter(({ coresSaturated }) => coresSaturated === false)
  const saturated = points.filter(({ coresSaturated }) => coresSaturated !== false)
  const scores = { coresFree: scoreOf(free), coresSaturated: scoreOf(saturated), all: scoreOf(points) }
  const document = {
    schemaVersion: 1,
    command: COMMAND,
    host: captureHost(),
    forecast: { file: 'bench/results/predict-forecast.json', sha256, writtenAtUtc },
    firstMeasuredAtUtc,
    seconds: (performance.now() - startedMs) / 1000,
    scores,
    points,
    witnesses,
  }
  writeAtomically(RESULT, prettyJson(document))
  if (json) {
    process.stdout.write(prettyJson(document))
    return
  }
  console.log(
    [
      '# ms; said: predicted before anything of more than 3 nodes was measured;',
      '# took: median of 5',
      '# wait: share of its time that a thread had no core; * cores were saturated',
      '',
      pointsTable(points),
      '',
      ...scoreLines('cores free', scores.coresFree),
      ...scoreLines('cores saturated', scores.coresSaturated),
      blameLine(points),
      `forecast ${sha256.slice(0, 12)} of ${writtenAtUtc}; ${document.seconds.toFixed(0)} s in all`,
      'points: bench/results/predict.json',
    ].join('\n'),
  )
}

function say(text: string): void {
  process.stderr.write(`predict: ${text}\n`)
}
