import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { messageOf, ReducibleError } from '../../../src/core/errors.ts'
import type { NamespaceFabric, StatedLinks } from '../../../src/record/interconnect.ts'
import { Coordinator } from '../../coordinator/coordinator.ts'
import { withDeadline } from '../../wire/deadline.ts'
import { environmentOf } from '../../wire/reach.ts'
import type { WorkersElsewhere } from '../elsewhere.ts'
import { launchLocalWorker } from '../local.ts'
import { SYSTEM_ENVIRONMENT } from './enter.ts'
import {
  BRIDGE_UP,
  bridgeDown,
  COORDINATOR_ADDRESS,
  cableUp,
  namespaceFabric,
  nodeAddress,
  nodeUp,
  planShaping,
} from './plan.ts'

/** A worker would not hear that we are gone: the cables go with our namespace, before the last packet has passed. */
const END_WITH_US = ['setpriv', '--pdeathsig', 'SIGKILL', '--']

/** A worker's sessions, and some to spare: nobody else is on this network. */
const CONNECTIONS_PER_NODE = 4

/** Workers of a network of hosts on one machine: a namespace with an address of its own for each node, joined by a bridge. */
export interface NamespaceNetwork extends WorkersElsewhere {
  readonly fabric: NamespaceFabric
}

/**
 * Makes it, in the namespace that `enterOwnNetwork` led to. A node's namespace is kept by a process that ends with this one, so
 * that the kernel takes everything away if nobody else does.
 * @throws {ReducibleError} no-network.
 */
export async function openNetwork(nodeCount: number, stated: StatedLinks): Promise<NamespaceNetwork> {
  const shaping = planShaping(stated)
  await using opening = new AsyncDisposableStack()
  batch('ip', BRIDGE_UP)
  const nodes = Array.from({ length: nodeCount }, (_, node) => node)
  const keepers = await Promise.all(nodes.map(() => Keeper.start()))
  for (const keeper of keepers) opening.use(keeper)
  batch(
    'ip',
    keepers.flatMap(({ pid }, node) => cableUp(node, pid)),
  )
  batch('tc', nodes.flatMap(shaping.toNode))
  for (const [node, { entering }] of keepers.entries()) {
    batch('ip', nodeUp(node), entering)
    batch('tc', shaping.fromNode, entering)
  }
  opening.defer(() => batch('ip', bridgeDown(nodeCount)))
  const listen = { host: COORDINATOR_ADDRESS, port: 0 }
  const connectionsMax = CONNECTIONS_PER_NODE * nodeCount
  const coordinator = opening.use(await Coordinator.listen({ listen, token: undefined, connectionsMax }))
  const opened = opening.move()
  const setRate = (share: number): void => {
    const lines = nodes.flatMap((node) => shaping.slowed(node, share))
    batch('tc', lines)
  }
  return {
    coordinator,
    fabric: namespaceFabric(nodeCount, stated),
    measuringBytes: shaping.measuringBytes,
    ...(stated.bandwidthBytesPerSecond !== undefined && { setRate }),
    launch: (options, environment, logFile) => {
      const { launchIndex } = options
      const own = { ...environment, ...environmentOf({ advertised: nodeAddress(launchIndex), token: undefined }) }
      return launchLocalWorker(options, own, logFile, [...keepers[launchIndex].entering, ...END_WITH_US])
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Runs lines of `ip` or `tc`. @param entering words before it that lead into another namespace. */
function batch(program: 'ip' | 'tc', lines: readonly string[], entering: readonly string[] = []): void {
  if (lines.length > 0) enter(entering, [program, '-batch', '-'], `${lines.join('\n')}\n`)
}

function enter(entering: readonly string[], command: readonly string[], input: string): void {
  const [first, ...words] = [...entering, ...command]
  try {
    execFileSync(first, words, { env: SYSTEM_ENVIRONMENT, input, stdio: 'pipe' })
  } catch (cause) {
    const { stderr } = cause as { stderr?: Buffer }
    const said = stderr?.toString().trim().replaceAll('\n', '; ') || messageOf(cause)
    throw new ReducibleError('no-network', `${command[0]} refused a part of the network: ${said}`, { cause })
  }
}

/** How long a namespace may take, on a machine that has other work. */
const START_MS = 30_000

/** A process that does nothing in a network namespace of its own until we end, and cannot outlive us: its input closes then. */
class Keeper implements AsyncDisposable {
  readonly pid: number
  /** Words that run what follows them in this namespace. */
  readonly entering: readonly string[]
  readonly #child: ChildProcessWithoutNullStreams

  /** @throws {ReducibleError} no-network. */
  static async start(): Promise<Keeper> {
    const child = spawn('unshare', ['--net', 'cat'], { detached: true }) // out of the reach of Ctrl-C
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.stdin.on('error', () => {}) // it has ended, which is heard below
    const ended = once(child, 'close').then(() => false)
    child.stdin.write('\n')
    // What echoes has been started, in its namespace.
    const answer = Promise.race([once(child.stdout, 'data').then(() => true), ended])
    const refuse = (why: string) => new ReducibleError('no-network', `a namespace for a node is refused: ${why}`)
    const isThere = await withDeadline(answer, START_MS, () => refuse(`nothing within ${START_MS} ms`))
    if (isThere && child.pid !== undefined) return new Keeper(child, child.pid)
    throw refuse(said.trim())
  }

  private constructor(child: ChildProcessWithoutNullStreams, pid: number) {
    this.#child = child
    this.pid = pid
    this.entering = ['nsenter', `--net=/proc/${pid}/ns/net`, '--']
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.stdin.end()
    await ended
  }
}
