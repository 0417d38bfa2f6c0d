import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type CaptureLaunch, runCapture } from '../../cluster/coordinator/run-capture.ts'
import { enterOwnNetwork } from '../../cluster/launch/netns/enter.ts'
import { openNetwork } from '../../cluster/launch/netns/network.ts'
import { messageOf, ReducibleError } from '../core/errors.ts'
import { formatDuration } from '../core/units.ts'
import { statedGaps } from '../evidence/cluster/stated-gaps.ts'
import { type AvailableAdapter, chooseAdapter } from '../gradient/gpu/adapters.ts'
import { knownProbe } from '../gradient/gpu/probe.ts'
import { anonymized } from '../record/cluster-spec/anonymize.ts'
import { assembleSpec, type Captured } from '../record/cluster-spec/assemble.ts'
import { loadStatements, statedLinksOf } from '../record/cluster-spec/load.ts'
import { type Statements, UNKNOWN } from '../record/cluster-spec/schema.ts'
import { specText } from '../record/cluster-spec/text.ts'
import { writeAtomically } from '../record/files.ts'
import { gapLines, linkLines, specLines } from './cluster-text.ts'
import { type CommonOptions, runCommand } from './command.ts'
import { gatheredAdapters } from './execute-study.ts'
import { type GatherFlags, gatherWorkers } from './gather-workers.ts'

interface CaptureOptions extends CommonOptions, GatherFlags {
  readonly nodes: string
  readonly output: string
  readonly adapter: string
  readonly launch: string
  readonly stated?: string
  readonly pricePerHour?: string
  readonly anonymize?: boolean
}

const NODES_MAX = 64

/** `reducible cluster capture -o FILE`: what every node sees of itself, and what the links between them carry. */
export async function clusterCaptureCommand(options: CaptureOptions): Promise<never> {
  return runCommand('cluster capture', options, async (signal) => {
    const nodeCount = nodeCountOf(options.nodes)
    const price = priceOf(options.pricePerHour)
    const statements = options.stated === undefined ? {} : loadStatements(options.stated)
    refuseUnwritable(options.output)
    const start = performance.now()
    const captured = await captureNodes(nodeCount, statements, options, signal)
    const whole = assembleSpec(captured, statements, price)
    const spec = options.anonymize ? anonymized(whole) : whole
    writeAtomically(options.output, specText(spec))
    const gaps = statedGaps(spec)
    const text = [
      ...specLines(spec),
      ...linkLines(spec),
      ...gapLines(gaps),
      `wrote ${options.output} in ${formatDuration(performance.now() - start)}`,
    ].join('\n')
    return { text, json: { file: options.output, gaps, spec } }
  })
}

/** Of workers that somebody starts, or of processes of this machine. */
async function captureNodes(
  nodeCount: number,
  statements: Statements,
  options: CaptureOptions,
  signal: AbortSignal,
): Promise<Captured> {
  const { launch, adapter: wanted } = options
  if (launch === 'external') {
    const { workers } = await gatherWorkers({ worldSize: nodeCount, adapters: [wanted] }, options, signal)
    await using elsewhere = workers
    const { adapters } = gatheredAdapters(workers)
    return await captureWithLogs({ nodeCount, adapters, elsewhere, signal })
  }
  const links = statedLinksOf(statements)
  if (launch === 'netns') enterOwnNetwork(links)
  await using elsewhere = launch === 'netns' ? await openNetwork(nodeCount, links) : undefined
  const adapter = await adapterOrNone(wanted)
  if (adapter) await knownProbe(adapter, signal) // once, before every node asks for it
  return await captureWithLogs({ nodeCount, adapters: adapter ? [adapter] : [], elsewhere, signal })
}

function nodeCountOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= NODES_MAX) return count
  throw new ReducibleError('usage', `--nodes wants a number from 1 to ${NODES_MAX} (got '${text}')`)
}

function priceOf(text: string | undefined): string {
  if (text === undefined) return UNKNOWN
  if (/^\d+(\.\d+)? [A-Z]{3}$/.test(text)) return text
  throw new ReducibleError('usage', `--price-per-hour wants an amount and a currency like '3.20 USD' (got '${text}')`)
}

/** A machine without any adapter is captured all the same. */
async function adapterOrNone(wanted: string): Promise<AvailableAdapter | null> {
  try {
    return await chooseAdapter(wanted)
  } catch (thrown) {
    if (wanted === 'auto' && thrown instanceof ReducibleError && thrown.code === 'no-adapter') return null
    throw thrown
  }
}

/** The logs of the nodes are kept where one failed, and the remedy says where. */
async function captureWithLogs(launch: Omit<CaptureLaunch, 'folder'>): Promise<Captured> {
  const folder = mkdtempSync(join(tmpdir(), 'reducible-capture-'))
  try {
    const captured = await runCapture({ ...launch, folder })
    rmSync(folder, { recursive: true })
    return captured
  } catch (thrown) {
    const { code, message, remedy, node } = ReducibleError.from(thrown)
    throw new ReducibleError(code, message, {
      cause: thrown,
      remedy: remedy.replace('workers/*.log', join(folder, '*.log')),
      ...(node !== undefined && { node }),
    })
  }
}

/** Before the nodes are asked, not after. */
function refuseUnwritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK)
  } catch (thrown) {
    throw new ReducibleError('unwritable', `cannot write ${file}: ${messageOf(thrown)}`, {
      cause: thrown,
      remedy: 'name a file you can write with -o',
    })
  }
}
