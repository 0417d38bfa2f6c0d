import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { messageOf, ReducibleError } from '../../../src/core/errors.ts'
import { projectRoot } from '../../../src/core/paths.ts'
import { withDeadline } from '../../wire/deadline.ts'

/** The ssh command and its options, as `--ssh` gives them. */
export type SshCommand = readonly string[]

/** How it ended. */
export interface ScriptEnd {
  readonly status: number | null
  readonly stdout: string
  /** What it, or ssh, said last on stderr; empty: nothing. */
  readonly lastWords: string
}

/** ssh's own status where it failed before, or instead of, the command. */
export const SSH_FAILED = 255
/** start-agents.sh takes 5 s to end an agent that does not leave by itself. */
const LEAVE_GRACE_MS = 8_000

/**
 * A shell script of this folder that runs on a host. The script and its variables go over ssh's stdin, as whatever is in a
 * command line can be read by everybody on either machine; what is left of stdin is the script's own.
 */
export class RemoteScript implements AsyncDisposable {
  readonly target: string
  readonly ended: Promise<ScriptEnd>
  readonly stdin: Writable
  readonly #child: ChildProcess

  /** @param onLine told what it says on stderr, and on stdout too. */
  constructor(
    ssh: SshCommand,
    target: string,
    script: string,
    variables: Readonly<Record<string, string>>,
    onLine: (line: string) => void = () => {},
  ) {
    this.target = target
    const assignments = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}`)
    const source = [...assignments, read(script)].join('\n')
    // dd reads no byte more than it is told to, where head may; the words mean the same in every login shell.
    const bootstrap = `exec /bin/sh -c 'eval "$(dd bs=1 count=${Buffer.byteLength(source)} 2>/dev/null)"'`
    const [command, ...words] = commandLine(ssh, target)
    // In a session of its own: Ctrl-C is for the launcher, which ends the hosts in order, and nothing can ask at the terminal.
    const child = spawn(command, [...words, bootstrap], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child = child
    this.stdin = child.stdin
    child.stdin.on('error', () => {}) // it ended first; why is told by `ended`
    child.stdin.write(source)
    this.ended = endOf(child, child.stdout, child.stderr, onLine)
  }

  /** Ends its input, by which the scripts know that they are to end; without mercy after a while. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.stdin.destroy()
    await withDeadline(this.ended, LEAVE_GRACE_MS, () => new Error('overdue')).catch(() => this.#child.kill('SIGKILL'))
  }
}

/** Runs a script to its end. @param input what it reads. @throws {ReducibleError} host-unreachable; the signal's reason. */
export async function askHost(
  ssh: SshCommand,
  target: string,
  script: string,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
  input?: Readable,
): Promise<ScriptEnd> {
  await using running = new RemoteScript(ssh, target, script, variables)
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(ReducibleError.from(signal.reason, 'interrupted'))
  signal.addEventListener('abort', abort)
  try {
    signal.throwIfAborted()
    if (input) input.on('error', reject).pipe(running.stdin)
    else running.stdin.end()
    const ended = await Promise.race([running.ended, aborted])
    if (ended.status === SSH_FAILED) throw unreachable(target, ended.lastWords)
    return ended
  } finally {
    signal.removeEventListener('abort', abort)
    input?.destroy()
  }
}

/**
 * The name or address behind a host that ssh may know by another one.
 * @throws {ReducibleError} usage: ssh cannot be started, or does not understand its options.
 */
export async function hostnameOf(ssh: SshCommand, target: string): Promise<string> {
  const [command, ...words] = commandLine(ssh, target)
  const child = spawn(command, ['-G', ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  const { stdout, lastWords } = await endOf(child, child.stdout, child.stderr, () => {})
  const [, hostname] = /^hostname (.+)$/m.exec(stdout) ?? []
  if (hostname !== undefined) return hostname
  throw new ReducibleError('usage', `'${ssh.join(' ')}' is no ssh that works: ${lastWords}`, {
    remedy: 'give --ssh the command and its options, like "ssh -F FILE -i KEY"',
  })
}

/** What is given last counts only where the person gave nothing; a question could never be answered. */
function commandLine([command, ...options]: SshCommand, target: string): [string, ...string[]] {
  const waits = ['ConnectTimeout=10', 'ServerAliveInterval=15', 'ServerAliveCountMax=3', 'ControlMaster=no']
  const ours = waits.flatMap((option) => ['-o', option])
  return [command, '-o', 'BatchMode=yes', '-T', ...options, ...ours, '--', target]
}

async function endOf(
  child: ChildProcess,
  stdout: Readable,
  stderr: Readable,
  onLine: (line: string) => void,
): Promise<ScriptEnd> {
  const said = { stdout: '', lastWords: '' }
  createInterface({ input: stdout }).on('line', (line) => {
    said.stdout += `${line}\n`
    onLine(line)
  })
  createInterface({ input: stderr }).on('line', (line) => {
    if (line.trim() !== '') said.lastWords = line.trim()
    onLine(line)
  })
  try {
    const [status] = (await once(child, 'close')) as [number | null]
    return { status, ...said }
  } catch (thrown) {
    return { status: SSH_FAILED, stdout: '', lastWords: messageOf(thrown) }
  }
}

const REMEDIES = [
  [/Could not resolve hostname/, 'correct the name in the hostfile, or give it an address in ~/.ssh/config'],
  [
    /Permission denied|Too many authentication failures/,
    'authorize your key there, or name one with --ssh "ssh -i KEY"',
  ],
  [/Host key verification failed|REMOTE HOST IDENTIFICATION/, 'connect once by hand, and compare its fingerprint'],
] as const

/** @param lastWords what ssh, or whatever is there in place of a shell, said. */
export function unreachable(target: string, lastWords: string): ReducibleError {
  const remedy = REMEDIES.find(([pattern]) => pattern.test(lastWords))?.[1]
  const text = `cannot work on ${target} over ssh: ${lastWords === '' ? 'it ended without a word' : lastWords}`
  return new ReducibleError('host-unreachable', text, remedy === undefined ? {} : { remedy })
}

function read(script: string): string {
  return readFileSync(join(projectRoot, 'cluster/launch/ssh', script), 'utf8')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
