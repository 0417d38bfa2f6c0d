import { execFileSync, spawnSync } from 'node:child_process'

/** Where there can be none. */
export const NO_HOSTS = 'needs root and iproute2'

export function canHaveHosts(): boolean {
  return process.getuid?.() === 0 && spawnSync('ip', ['netns']).status === 0
}

/** Two network namespaces on a bridge of this host. */
export class TwoHosts implements Disposable {
  readonly #prefix = `rd${process.pid % 100_000}`
  readonly #subnet = `10.203.${process.pid % 250}`
  readonly names = [`${this.#prefix}a`, `${this.#prefix}b`]
  /** By host. */
  readonly addresses = [`${this.#subnet}.2`, `${this.#subnet}.3`]
  /** Of this host on the bridge. */
  readonly address = `${this.#subnet}.1`

  constructor() {
    const bridge = this.#prefix
    ip(`link add ${bridge} type bridge`, `addr add ${this.address}/24 dev ${bridge}`, `link set ${bridge} up`)
    for (const [index, name] of this.names.entries()) {
      ip(`netns add ${name}`, `link add ${name}0 type veth peer name eth0 netns ${name}`)
      ip(`link set ${name}0 master ${bridge} up`, `-n ${name} addr add ${this.addresses[index]}/24 dev eth0`)
      ip(`-n ${name} link set eth0 up`, `-n ${name} link set lo up`)
    }
  }

  /** The processes on either. */
  get pids(): number[] {
    return this.names.flatMap((name) => {
      const listed = execFileSync('ip', ['netns', 'pids', name], { encoding: 'utf8' })
      return listed.split('\n').filter(Boolean).map(Number)
    })
  }

  [Symbol.dispose](): void {
    for (const name of this.names) spawnSync('ip', ['netns', 'del', name])
    spawnSync('ip', ['link', 'del', this.#prefix])
  }
}

function ip(...commands: string[]): void {
  for (const words of commands) execFileSync('ip', words.split(' '))
}
