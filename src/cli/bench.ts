import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { MeasuredByRank } from '../../cluster/coordinator/collect-points.ts'
import { type BenchTransport, nodesOf, runBench } from '../../cluster/coordinator/run-bench.ts'
import type { WorkersElsewhere } from '../../cluster/launch/elsewhere.ts'
import { codeState } from '../record/code-state.ts'
import { prettyJson } from '../record/files.ts'
import { captureHost } from '../record/host.ts'
import type { Fabric } from '../record/interconnect.ts'
import { makeUniqueFolder } from '../record/run-folder.ts'
import { ARITHMETICS } from '../reduce/arithmetics.ts'
import { type MeasuredPoint, NEIGHBOURS } from '../reduce/measure.ts'
import { benchChart } from '../report/bench-chart.ts'
import { benchWorkers } from './bench-launch.ts'
import { pairRows, pairsText, slowLinks } from './bench-pairs.ts'
import { type BenchOptions, type BenchPlan, type LaunchedPlan, planBench, ranksOf } from './bench-plan.ts'
import { type BenchRow, benchRow, type Cell, fitModel, neighbourBandwidth, samplesOf } from './bench-rows.ts'
import { benchText, csvOf, type UnmeasuredPoint } from './bench-text.ts'
import { type CommandResult, runCommand } from './command.ts'
import { explainAlgorithm } from './explain.ts'

/** `reducible bench`: times all-reduces over sizes, algorithms, rank counts and transports, and checks every buffer. */
export async function benchCommand(options: BenchOptions): Promise<never> {
  return runCommand('bench', options, async (signal): Promise<CommandResult> => {
    if (options.explain !== undefined) {
      const { rankCounts, ranksPerNode } = ranksOf(options)
      return explainAlgorithm(options.explain, rankCounts[0], ranksPerNode, options.svg)
    }
    const plan = planBench(options)
    await using elsewhere = await benchWorkers(plan, options, signal)
    const folder = makeUniqueFolder(join(resolve(options.out), 'runs', 'bench'), codeState())
    const { cells, unmeasured } = await measureCells(plan, elsewhere, folder, signal)
    const made = { ...plan, fabric: elsewhere?.fabric ?? LOOPBACK }
    return plan.pairs ? pairsResult(cells, unmeasured, made, folder) : rowsResult(cells, unmeasured, made, folder)
  })
}

const LOOPBACK: Fabric = { fabric: 'loopback' }

/** The ranks that share launches, and what they measured of each point, by launch. */
interface MeasuredCell extends Cell {
  readonly transport: BenchTransport
  readonly launchesOf: ReadonlyMap<MeasuredPoint, MeasuredByRank[]>
}

/** Every launch of every cell while there is time; odd launches go through the cells forward, even ones backward. */
async function measureCells(
  plan: BenchPlan,
  elsewhere: WorkersElsewhere | undefined,
  folder: string,
  signal: AbortSignal,
): Promise<{ cells: MeasuredCell[]; unmeasured: UnmeasuredPoint[] }> {
  const { ranksPerNode, exchange } = plan
  const stopAt = performance.now() + plan.budgetSeconds * 1000
  const cells = plan.transports.flatMap((transport) =>
    plan.rankCounts.map((ranks): MeasuredCell => {
      const launchesOf = new Map(plan.pointsOf(ranks).map((point) => [point, [] as MeasuredByRank[]]))
      return { transport, ranks, ...nodesOf({ transport, rankCount: ranks, ranksPerNode }), launchesOf }
    }),
  )
  const samples: string[] = []
  const unmeasured: UnmeasuredPoint[] = []
  for (let launch = 1; launch <= plan.launches; launch++) {
    for (const { launchesOf, ...cell } of launch % 2 === 1 ? cells : cells.toReversed()) {
      const { transport, ranks } = cell
      const points = [...launchesOf.keys()]
      const budgetSeconds = (stopAt - performance.now()) / 1000
      const left = new Set(points)
      if (budgetSeconds > 0 && points.length > 0) {
        process.stderr.write(`bench: ${transport}, ${ranks} ranks${plan.launches > 1 ? `, launch ${launch}` : ''}\n`)
        const place = { transport, rankCount: ranks, ranksPerNode }
        await runBench({ ...place, points, exchange, budgetSeconds, elsewhere, folder, signal }, (one) => {
          left.delete(one.point)
          launchesOf.get(one.point)?.push(one)
          const seconds = samplesOf(one, plan.aggregate)
          samples.push(JSON.stringify({ ...cell, launch, ...one.point, seconds }))
          writeFileSync(join(folder, 'samples.jsonl'), `${samples.join('\n')}\n`)
        })
      }
      for (const { algorithm, arithmetic, elements, place } of left) {
        if (algorithm === NEIGHBOURS) continue
        unmeasured.push({ ...cell, launch, algorithm, arithmetic, sizeBytes: elements * 4, place })
      }
    }
  }
  return { cells, unmeasured }
}

async function rowsResult(
  cells: readonly MeasuredCell[],
  unmeasured: readonly UnmeasuredPoint[],
  plan: LaunchedPlan,
  folder: string,
): Promise<CommandResult> {
  const gamma = secondsPerAddedByte()
  const rows = cells.flatMap(({ launchesOf, ...cell }): BenchRow[] => {
    const bandwidth = neighbourBandwidth([...launchesOf.values()].flat(), plan.aggregate)
    const model = fitModel(bandwidth, gamma)
    const context = { ...cell, aggregate: plan.aggregate, neighbourBandwidth: bandwidth, model }
    return [...launchesOf]
      .filter(([{ algorithm }, launches]) => algorithm !== NEIGHBOURS && launches.length > 0)
      .map(([, launches]) => benchRow(launches, context))
  })
  const document = { rows, unmeasured, ...settingsOf(plan) }
  writeFileSync(join(folder, 'bench.json'), prettyJson(document))
  const csv = csvOf(rows)
  writeFileSync(join(folder, 'bench.csv'), csv)
  if (plan.csv !== undefined && plan.csv !== '-') writeFileSync(plan.csv, csv, { flag: 'wx' })
  const chart = await benchChart(rows)
  if (chart !== undefined) writeFileSync(join(folder, 'error-speed.svg'), chart)
  const failed = rows.some((row) => (row.wrong ?? 0) > 0 || !row.ranksAgree)
  const text = plan.csv === '-' ? csv : benchText(rows, unmeasured, plan, folder)
  return { text, json: { ...document, folder }, failed }
}

function pairsResult(
  cells: readonly MeasuredCell[],
  unmeasured: readonly UnmeasuredPoint[],
  plan: LaunchedPlan,
  folder: string,
): CommandResult {
  const pairs = cells.flatMap(({ launchesOf, ...cell }) => pairRows(cell, [...launchesOf.values()]))
  const slow = slowLinks(pairs)
  const document = { pairs, slowLinks: slow, unmeasured, ...settingsOf(plan) }
  writeFileSync(join(folder, 'pairs.json'), prettyJson(document))
  return { text: pairsText(pairs, slow, unmeasured, folder), json: { ...document, folder } }
}

/** How it was measured, for the document. */
function settingsOf({ sync, skew, inputs, aggregate, launches, budgetSeconds, exchange, fabric }: LaunchedPlan) {
  return {
    host: captureHost(),
    interconnect: fabric,
    sync: sync === 'none' ? 'none' : 'barrier before each, outside the timed region',
    skew,
    inputs,
    aggregate,
    launches,
    timeBudgetSeconds: budgetSeconds,
    grpcExchange: exchange,
  }
}

/** γ: one core adding f32 values as a rank does, 1 MiB at a time, the median of 20. */
function secondsPerAddedByte(): number {
  const bytes = 1 << 20
  const sums = ARITHMETICS.f32.begin(new Float32Array(bytes / 4))
  const terms = new Uint8Array(bytes)
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now()
    sums.add(terms, 0)
    return (performance.now() - start) / 1000
  })
  return times.sort((a, b) => a - b)[10] / bytes
}
