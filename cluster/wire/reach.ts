import { LOOPBACK } from './address.ts'
import { TOKEN_VARIABLE } from './token.ts'

/** How the services of a worker process are reached, as whoever spawned it says in its environment. */
export interface Reach {
  /** Host under which ranks of other nodes find it. */
  readonly advertised: string
  /** What every call must carry; undefined: calls carry none. */
  readonly token: string | undefined
}

const ADVERTISE_VARIABLE = 'REDUCIBLE_ADVERTISE'

export function reachOf(environment: NodeJS.ProcessEnv): Reach {
  return { advertised: environment[ADVERTISE_VARIABLE] || LOOPBACK, token: environment[TOKEN_VARIABLE] || undefined }
}

/** What `reachOf` reads. An empty token is none: a variable that is inherited cannot be taken away by adding others. */
export function environmentOf({ advertised, token }: Reach): Record<string, string> {
  return { [ADVERTISE_VARIABLE]: advertised, [TOKEN_VARIABLE]: token ?? '' }
}
