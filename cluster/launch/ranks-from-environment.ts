import { ReducibleError } from '../../src/core/errors.ts'
import { formatAddress, parseAddress } from '../wire/address.ts'

/** What a launcher's variables say of a process's place; whatever they do not say is undefined. */
export interface StatedPlace {
  readonly rank?: number
  readonly worldSize?: number
  /** host:port of the coordinator. */
  readonly coordinator?: string
  /** The variables it was read from. */
  readonly from: readonly string[]
}

/**
 * Rank and size by launcher; the first that states either is believed, as nested launchers (torchrun under srun) set theirs last.
 * Sources: torchrun's "Environment Variables"; srun(1) "OUTPUT ENVIRONMENT VARIABLES"; Open MPI's FAQ "What environment
 * variables does Open MPI define"; Kubernetes' "Indexed Job", which states no size.
 */
const LAUNCHERS: readonly { readonly rank: string; readonly size?: string }[] = [
  { rank: 'RANK', size: 'WORLD_SIZE' },
  { rank: 'SLURM_PROCID', size: 'SLURM_NTASKS' },
  { rank: 'OMPI_COMM_WORLD_RANK', size: 'OMPI_COMM_WORLD_SIZE' },
  { rank: 'JOB_COMPLETION_INDEX' },
]

/** Reads torchrun's, Slurm's, Open MPI's and Kubernetes' variables. @throws {ReducibleError} usage naming the variable. */
export function placeFromEnvironment(environment: NodeJS.ProcessEnv): StatedPlace {
  const launcher = LAUNCHERS.find(
    ({ rank, size }) => environment[rank] !== undefined || (size !== undefined && environment[size] !== undefined),
  )
  const rank = launcher && numberIn(environment, launcher.rank, 0)
  const worldSize = launcher?.size === undefined ? undefined : numberIn(environment, launcher.size, 1)
  if (rank !== undefined && worldSize !== undefined && rank >= worldSize) {
    const text = `${launcher?.rank} is ${rank}, but ${launcher?.size} is ${worldSize}`
    throw new ReducibleError('usage', text, { remedy: 'ranks count from 0; unset the variables to be given one' })
  }
  const { MASTER_ADDR: host, MASTER_PORT: port } = environment
  const coordinator =
    host !== undefined && port !== undefined
      ? formatAddress(parseAddress(formatAddress({ host, port: Number(port) }), 'MASTER_ADDR:MASTER_PORT'))
      : undefined
  const stated = {
    ...(rank !== undefined && { rank }),
    ...(worldSize !== undefined && { worldSize }),
    ...(coordinator !== undefined && { coordinator }),
  }
  const names = [
    ...(rank === undefined ? [] : [launcher?.rank]),
    ...(worldSize === undefined ? [] : [launcher?.size]),
    ...(coordinator === undefined ? [] : ['MASTER_ADDR', 'MASTER_PORT']),
  ]
  return { ...stated, from: names.filter((name) => name !== undefined) }
}

function numberIn(environment: NodeJS.ProcessEnv, name: string, least: number): number | undefined {
  const text = environment[name]
  if (text === undefined) return undefined
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text)
  throw new ReducibleError('usage', `${name} must be a whole number from ${least} on (got '${text}')`, {
    remedy: `unset ${name}, or give --rank and --world-size`,
  })
}
