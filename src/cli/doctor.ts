import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { ReducibleError } from '../core/errors.ts'
import { loadMnist } from '../data/mnist.ts'
import { listAdapters } from '../gradient/gpu/adapters.ts'
import { type CommonOptions, runCommand } from './command.ts'
import { wrap } from './table.ts'

/** One thing a command of the README, or an optional part, needs of the machine. */
interface Finding {
  readonly what: string
  readonly state: 'ok' | 'missing' | 'optional'
  readonly detail: string
  /** The command that mends it. */
  readonly mend: string | null
}

/** `reducible doctor`: what this machine lacks. Fails only where a README command could not run. */
export async function doctorCommand(options: CommonOptions): Promise<never> {
  return runCommand('doctor', options, async () => {
    const findings = [
      checkNode(),
      await checkAdapter(),
      await checkHardware(),
      await checkData(),
      checkFolder(),
      checkGit(),
    ]
    const lines = findings.map(({ what, state, detail, mend }) =>
      wrap(`${state.padEnd(9)}${what}: ${detail}${mend ? `; mend: ${mend}` : ''}`, ' '.repeat(9)),
    )
    const missing = findings.some(({ state }) => state === 'missing')
    return { text: lines.join('\n'), json: { findings }, failed: missing }
  })
}

function checkNode(): Finding {
  return { what: 'Node', state: 'ok', detail: `${process.version} at ${process.execPath}`, mend: null }
}

async function checkAdapter(): Promise<Finding> {
  const available = await listAdapters()
  if (available.length === 0) {
    const mend =
      process.platform === 'linux' ? 'apt-get install mesa-vulkan-drivers (Debian 13 or newer)' : 'install a GPU driver'
    return { what: 'GPU adapter', state: 'missing', detail: 'none that WebGPU can use', mend }
  }
  const names = available.map(({ adapter, source }) => `${adapter.name} (${source})`).join(', ')
  return { what: 'GPU adapter', state: 'ok', detail: names, mend: null }
}

async function checkHardware(): Promise<Finding> {
  const hardware = (await listAdapters()).some(({ adapter }) => !adapter.software)
  return hardware
    ? { what: 'GPU hardware', state: 'ok', detail: 'found', mend: null }
    : {
        what: 'GPU hardware',
        state: 'optional',
        detail: 'none; runs use a software adapter and say so',
        mend: "install the GPU vendor's Vulkan driver",
      }
}

async function checkData(): Promise<Finding> {
  try {
    await loadMnist()
    return { what: 'MNIST', state: 'ok', detail: 'four files, digests right', mend: null }
  } catch (thrown) {
    return { what: 'MNIST', state: 'missing', detail: ReducibleError.from(thrown).message, mend: 'npm ci' }
  }
}

function checkFolder(): Finding {
  try {
    accessSync('.', constants.W_OK)
    return { what: 'run folder', state: 'ok', detail: 'the current folder can be written', mend: null }
  } catch {
    return {
      what: 'run folder',
      state: 'missing',
      detail: 'the current folder cannot be written',
      mend: 'cd to another, or --out',
    }
  }
}

function checkGit(): Finding {
  try {
    const version = execFileSync('git', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    return { what: 'git', state: 'ok', detail: version, mend: null }
  } catch {
    return {
      what: 'git',
      state: 'optional',
      detail: 'not found; runs record the commit as unknown',
      mend: 'apt-get install git',
    }
  }
}
