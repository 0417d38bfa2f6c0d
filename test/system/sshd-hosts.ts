import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { projectRoot } from '../../src/core/paths.ts'
import { Scratch } from '../end-to-end/reducible.ts'
import { TwoHosts } from './two-hosts.ts'

/** OpenSSH's server, and what its libraries need. */
interface Sshd {
  readonly path: string
  readonly environment: NodeJS.ProcessEnv
}

/** The machine's, or one that is unpacked beside it; undefined where neither can be had. */
export function findSshd(): Sshd | undefined {
  if (existsSync('/usr/sbin/sshd')) return { path: '/usr/sbin/sshd', environment: {} }
  const folder = join(tmpdir(), 'reducible-sshd')
  const { status } = spawnSync(join(projectRoot, 'test/system/unpack-sshd.sh'), [folder], { stdio: 'ignore' })
  if (status !== 0) return undefined
  const [library] = execFileSync('find', [folder, '-name', 'libwrap.so.0', '-printf', '%h\n'], {
    encoding: 'utf8',
  }).split('\n')
  return { path: join(folder, 'usr/sbin/sshd'), environment: { LD_LIBRARY_PATH: library } }
}

/** What is a host's own: its name, its users, its processes, and the folder that sshd wants. */
const BOOT = `
hostname "$name"
mount --bind "$folder/passwd" /etc/passwd
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/sshd
exec "$sshd" -D -e -f "$folder/$name.conf"
`

/** Two hosts, each with an sshd and a host key of its own; their root's home is one folder, as a network file system has it. */
export class SshdHosts implements Disposable {
  readonly #scratch = new Scratch()
  readonly #hosts = new TwoHosts()
  readonly #servers: ChildProcess[] = []
  readonly names = this.#hosts.names
  readonly home = join(this.#scratch.path, 'home')
  /** Client configurations: with the key that the hosts know, and with another. */
  readonly config = join(this.#scratch.path, 'client')
  readonly strangersConfig = join(this.#scratch.path, 'stranger')

  static async start(sshd: Sshd): Promise<SshdHosts> {
    const hosts = new SshdHosts()
    try {
      hosts.#configure()
      await Promise.all(hosts.names.map((name) => hosts.#boot(name, sshd)))
      return hosts
    } catch (thrown) {
      hosts[Symbol.dispose]()
      throw thrown
    }
  }

  /** A hostfile. */
  file(...lines: string[]): string {
    const path = join(this.#scratch.path, 'hosts')
    writeFileSync(path, lines.join('\n'))
    return path
  }

  /** The processes on both. */
  get pids(): number[] {
    return this.#hosts.pids
  }

  [Symbol.dispose](): void {
    for (const server of this.#servers) server.kill('SIGKILL')
    this.#hosts[Symbol.dispose]()
    this.#scratch[Symbol.dispose]()
  }

  #configure(): void {
    const { path } = this.#scratch
    mkdirSync(this.home)
    const [key, stranger, ...hostKeys] = ['key', 'stranger-key', ...this.names].map((name) => {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(path, name)])
      return { file: join(path, name), public: readFileSync(join(path, `${name}.pub`), 'utf8') }
    })
    writeFileSync(join(path, 'authorized'), key.public)
    writeFileSync(
      join(path, 'passwd'),
      `root:x:0:0::${this.home}:/bin/sh\nsshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n`,
    )
    const known = this.#hosts.addresses.map((address, index) => `${address} ${hostKeys[index].public}`)
    writeFileSync(join(path, 'known'), known.join(''))
    for (const [index, name] of this.names.entries()) {
      const server = [
        `ListenAddress ${this.#hosts.addresses[index]}`,
        `HostKey ${hostKeys[index].file}`,
        `AuthorizedKeysFile ${join(path, 'authorized')}`,
        'StrictModes no',
        'PermitRootLogin prohibit-password',
        'UsePAM no',
        'PidFile none',
      ]
      writeFileSync(join(path, `${name}.conf`), server.join('\n'))
    }
    const aliases = this.names.map((name, index) => `Host ${name}\n  HostName ${this.#hosts.addresses[index]}\n`)
    for (const [file, identity] of [
      [this.config, key.file],
      [this.strangersConfig, stranger.file],
    ]) {
      const all = `Host *\n  User root\n  IdentityFile ${identity}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${join(path, 'known')}\n`
      writeFileSync(file, aliases.join('') + all)
    }
  }

  async #boot(name: string, { path: sshd, environment }: Sshd): Promise<void> {
    const own = ['unshare', '--uts', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
    const server = spawn('ip', ['netns', 'exec', name, ...own, 'sh', '-ec', BOOT], {
      env: { ...process.env, ...environment, sshd, name, folder: this.#scratch.path },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#servers.push(server)
    const said: string[] = []
    const { promise: listening, resolve } = Promise.withResolvers<void>()
    createInterface({ input: server.stderr }).on('line', (line) => {
      said.push(line)
      if (line.startsWith('Server listening')) resolve()
    })
    const ended = once(server, 'exit').then(() => {
      throw new Error(`sshd ended: ${said.join('\n')}`)
    })
    ended.catch(() => {}) // it is killed in the end
    await Promise.race([listening, ended])
  }
}
