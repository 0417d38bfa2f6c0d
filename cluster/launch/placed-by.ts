import { ReducibleError } from '../../src/core/errors.ts'
import type { Placement } from '../../src/record/placement.ts'

/** What an engine that placed a worker says of its place. */
export interface Placed {
  readonly engine: Placement['engine']
  readonly job: string | null
  /** The node's name, as the engine has it. */
  readonly node: string
}

/** As `reducible launch` tells the workers it starts over ssh and in Kubernetes. */
const VARIABLE = 'REDUCIBLE_PLACEMENT'

/**
 * Which engine placed this process: REDUCIBLE_PLACEMENT (`ssh:HOST`, `kubernetes:POD`), else Slurm's variables; undefined where
 * neither says. @throws {ReducibleError} usage.
 */
export function placedBy(environment: NodeJS.ProcessEnv): Placed | undefined {
  const { SLURM_JOB_ID: job, SLURMD_NODENAME: node, [VARIABLE]: stated } = environment
  if (stated === undefined) {
    return job !== undefined && node !== undefined ? { engine: 'slurm', job, node } : undefined
  }
  const [, engine, name] = /^(ssh|kubernetes):(.+)$/.exec(stated) ?? []
  if (engine === undefined) {
    throw new ReducibleError('usage', `${VARIABLE} must be like ssh:HOST or kubernetes:POD (got '${stated}')`, {
      remedy: `unset ${VARIABLE}`,
    })
  }
  return { engine: engine as Placement['engine'], job: null, node: name }
}

/** The nodes of the largest arm, as one engine placed them in one job; undefined where no one engine placed them all. */
export function placementOf(placed: readonly (Placed | undefined)[]): Placement | undefined {
  const [first] = placed
  if (first === undefined) return undefined
  const { engine, job } = first
  const nodes = placed.flatMap((one) => (one?.engine === engine && one.job === job ? [one.node] : []))
  return nodes.length === placed.length ? { engine, job, nodes } : undefined
}
