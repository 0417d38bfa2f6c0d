import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../src/core/paths.ts'
import type { Verdict } from '../../src/evidence/verdict.ts'
import type { Manifest } from '../../src/record/manifest-schema.ts'
import type { TrialRecord } from '../../src/record/trial-record.ts'

/** The JSON document of a command, as far as these tests read it. */
export interface ResultDocument {
  readonly status: string
  readonly verdict: string | null
  readonly run?: string
  readonly result?: Verdict
  readonly arms?: readonly { readonly name: string; readonly trials: readonly TrialRecord[] }[]
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string }
  readonly [key: string]: unknown
}

export interface Finished {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A folder for runs that goes away with the test. */
export class Scratch implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'reducible-test-'));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** A running `reducible` command. */
export class Command {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
  readonly #text = { stdout: '', stderr: '' }
  #onText: () => void = () => {}

  /** @param root the tree to run from: the project, or a changed copy of it. */
  constructor(words: readonly string[], environment: NodeJS.ProcessEnv = {}, root = projectRoot) {
    this.child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...words], {
      cwd: root,
      // The tree under test may have changes, in CI too.
      env: { ...process.env, CI: undefined, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of ['stdout', 'stderr'] as const) {
      this.child[stream]?.setEncoding('utf8').on('data', (text: string) => {
        this.#text[stream] += text
        this.#onText()
      })
    }
    this.finished = once(this.child, 'close').then(([status]) => ({ status: status as number | null, ...this.#text }))
  }

  /** What it has said so far. */
  get stderr(): string {
    return this.#text.stderr
  }

  /** Resolves when the condition holds after some output; a command that ends first is a failed test. */
  async until(condition: () => boolean): Promise<void> {
    const holds = new Promise<void>((resolve) => {
      const timer = setInterval(check, 20)
      function check(): void {
        if (!condition()) return
        clearInterval(timer)
        resolve()
      }
      this.#onText = check
      check()
    })
    const ended = this.finished.then(({ status, stderr }) => {
      throw new Error(`the command ended first, with status ${status}: ${stderr}`)
    })
    await Promise.race([holds, ended])
  }
}

/** Runs a command to its end. */
export async function reducible(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return new Command(words, environment).finished
}

/** The document of a `--json` command. */
export function documentOf({ stdout }: Finished): ResultDocument {
  return JSON.parse(stdout) as ResultDocument
}

/** The run folders of a study under a scratch folder. */
export function runFolders(scratch: Scratch, study: string): string[] {
  const parent = join(scratch.path, 'runs', study)
  try {
    return readdirSync(parent).map((name) => join(parent, name))
  } catch {
    return []
  }
}

export function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
}

/** How many steps a run has recorded so far. */
export function stepsRecorded(folder: string | undefined): number {
  if (folder === undefined) return 0
  try {
    return readFileSync(join(folder, 'steps.jsonl'), 'utf8').split('\n').length - 1
  } catch {
    return 0
  }
}

/** The worker processes of a coordinator that are alive: its children that are running `worker`. */
export function workersOf(coordinatorPid: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === coordinatorPid && commandLineOf(pid).includes('worker'))
}

/** Is this still one of our workers? */
export function isWorker(pid: number): boolean {
  return commandLineOf(pid).includes('--coordinator')
}

export function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
