import { spawnSync } from 'node:child_process'
import { dirname, resolve } from 'node:path'

const LISTING_BYTES_MAX = 64 * 2 ** 20

/** Variables that would make git look at another repository: a git hook sets them. */
const REDIRECTIONS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY']

/** git in one tree; all calls together end within the time-out. */
export class Git {
  readonly root: string
  readonly #timeoutMs: number
  readonly #startedAt = performance.now()
  readonly #environment: NodeJS.ProcessEnv

  constructor(root: string, timeoutMs: number) {
    this.root = resolve(root)
    this.#timeoutMs = timeoutMs
    this.#environment = {
      ...process.env,
      ...Object.fromEntries(REDIRECTIONS.map((name) => [name, undefined])),
      GIT_CEILING_DIRECTORIES: dirname(this.root),
      GIT_OPTIONAL_LOCKS: '0',
      LC_ALL: 'C',
    }
  }

  /** What git prints, as text. @throws {Error} as `bytes`. */
  text(...words: string[]): string {
    return this.bytes(LISTING_BYTES_MAX, ...words).toString()
  }

  /** What git prints. @throws {Error} its reason, where it fails, is late or prints too much. */
  bytes(maxBuffer: number, ...words: string[]): Buffer {
    // A file monitor is somebody's program: it may hang, and it may say that nothing changed.
    const { error, status, stdout, stderr } = spawnSync('git', ['-c', 'core.fsmonitor=false', ...words], {
      cwd: this.root,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: Math.max(1, Math.ceil(this.#timeoutMs - (performance.now() - this.#startedAt))),
      killSignal: 'SIGKILL',
      maxBuffer,
    })
    if (error) throw new Error(failureText(error, words[0], this.#timeoutMs, maxBuffer), { cause: error })
    if (status === 0) return stdout
    const [line] = stderr.toString().split('\n')
    throw new Error(line === '' ? `git ${words[0]} ended with status ${status}` : line.replace(/^fatal: /, ''))
  }
}

function failureText({ code, message }: NodeJS.ErrnoException, word: string, timeoutMs: number, maxBuffer: number) {
  switch (code) {
    case 'ENOENT':
      return 'there is no program git'
    case 'ETIMEDOUT':
      return `git ${word} took longer than ${timeoutMs / 1000} s`
    case 'ENOBUFS':
      return `git ${word} printed more than ${maxBuffer / 2 ** 20} MiB`
    default:
      return message
  }
}
