import { sha256 } from '../../../src/core/digest.ts'
import { ReducibleError } from '../../../src/core/errors.ts'
import { type Address, formatAddress } from '../../wire/address.ts'
import { nameOfHost, type PlacedHost } from './hostfile.ts'
import { RemoteScript, SSH_FAILED, type SshCommand, unreachable } from './remote-script.ts'

/** What agents run: a tree on their host, or an image, by digest, under its podman or docker. */
export type Software =
  | { readonly kind: 'tree'; readonly folder: string }
  | { readonly kind: 'image'; readonly reference: string }

/** The agents of one host. */
export interface HostOfAgents extends PlacedHost {
  readonly ssh: SshCommand
  readonly software: Software
  readonly worldSize: number
  /** As this host reaches it. */
  readonly coordinator: Address
  readonly token: string
  readonly waitMs: number
}

/** Agents on hosts, over an ssh session a host, by whose end they end too. */
export class SshAgents implements AsyncDisposable {
  readonly #say: (target: string, line: string) => void
  readonly #sessions: RemoteScript[] = []
  readonly #lost = new AbortController()

  /** @param say told every line that they print. */
  constructor(say: (target: string, line: string) => void) {
    this.#say = say
  }

  /** Aborts, saying why, when the agents of a host end with an error, or their session does. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  start({ target, ranks, ssh, software, worldSize, coordinator, token, waitMs }: HostOfAgents): void {
    const variables = {
      dir: software.kind === 'tree' ? software.folder : '',
      image: software.kind === 'image' ? software.reference : '',
      containers: `reducible-${sha256(token).slice(0, 8)}`, // no other run has it
      ranks: ranks.join(' '),
      worldSize: String(worldSize),
      coordinator: formatAddress(coordinator),
      wait: String(Math.ceil(waitMs / 1000)),
      token,
      placement: `ssh:${nameOfHost(target)}`,
    }
    const say = (line: string): void => this.#say(target, line)
    const session = new RemoteScript(ssh, target, 'start-agents.sh', variables, say)
    this.#sessions.push(session)
    void session.ended.then(({ status, lastWords }) => {
      if (status === 0) return
      if (status === SSH_FAILED) return this.#lost.abort(unreachable(target, lastWords))
      const text = `the workers on ${target} ended with status ${status}: ${lastWords}`
      this.#lost.abort(new ReducibleError('worker-failed', text, { remedy: 'look at what that host said above' }))
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session[Symbol.asyncDispose]()))
  }
}
