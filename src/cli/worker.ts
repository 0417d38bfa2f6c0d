import { setFlagsFromString } from 'node:v8'
import { placeFromEnvironment } from '../../cluster/launch/ranks-from-environment.ts'
import { parseAddress } from '../../cluster/wire/address.ts'
import { givenToken } from '../../cluster/wire/token.ts'
import { runAgent } from '../../cluster/worker/agent.ts'
import { runWorker } from '../../cluster/worker/worker.ts'
import { ReducibleError } from '../core/errors.ts'
import { parseCount, runCommand, waitOf } from './command.ts'

/** Flags of a worker. */
interface WorkerFlags extends AgentFlags {
  readonly trial?: string
  readonly index?: string
}

interface AgentFlags {
  readonly coordinator?: string
  readonly rank?: string
  readonly worldSize?: string
  readonly advertise?: string
  readonly tokenFile?: string
  readonly insecure?: boolean
  readonly wait: string
}

/** `reducible worker`: a node of one trial where one is named, as launchers do; else what starts them on this host. */
export async function workerCommand({ trial, index, ...flags }: WorkerFlags): Promise<void> {
  if (trial === undefined) return agentCommand(flags)
  // Ctrl-C reaches the whole process group; a node leaves when its coordinator says so.
  process.on('SIGINT', () => {})
  countReceivedPayloadsAsHeap()
  try {
    await runWorker({ coordinator: flags.coordinator ?? '', trial, launchIndex: Number(index) })
    process.exit(0)
  } catch (thrown) {
    console.error(thrown)
    process.exit(ReducibleError.from(thrown).exitStatus)
  }
}

async function agentCommand(flags: AgentFlags): Promise<never> {
  return runCommand('worker', {}, async (signal) => {
    const stated = placeFromEnvironment(process.env)
    const address = flags.coordinator ?? stated.coordinator
    if (address === undefined) {
      throw new ReducibleError('usage', 'nobody says where the coordinator is', {
        remedy: 'give --coordinator HOST:PORT, or set MASTER_ADDR and MASTER_PORT',
      })
    }
    const reason = await runAgent({
      coordinator: parseAddress(address, '--coordinator'),
      rank: flags.rank === undefined ? stated.rank : parseCount(flags.rank, '--rank', 0),
      worldSize: flags.worldSize === undefined ? stated.worldSize : parseCount(flags.worldSize, '--world-size', 1),
      advertise: flags.advertise,
      token: givenToken(flags.tokenFile),
      insecure: flags.insecure ?? false,
      waitMs: waitOf(flags.wait),
      say: (text) => process.stderr.write(`worker: ${text}\n`),
      signal,
    })
    return { text: `worker: ${reason}`, json: {} }
  })
}

/**
 * Every received payload is a fresh buffer outside the V8 heap, and V8 answers its default limit for such memory with a
 * full collection about twice per 16 MiB all-reduce: a quarter of the time, 44 ms instead of 21 (two ranks, gRPC, ring).
 * Counted towards the limit of the heap, and allowed to grow by this factor, it is collected in time all the same. A V8
 * that does not know these flags ignores them.
 */
export function countReceivedPayloadsAsHeap(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit')
  setFlagsFromString('--external-memory-max-growing-factor=4')
}
