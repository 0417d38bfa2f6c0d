import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ReducibleError } from '../../core/errors.ts'
import { moduleBeside } from '../../core/paths.ts'
import type { AdapterRecord } from './adapter-record.ts'
import { embeddedDriverEnvironment } from './embedded-driver.ts'

/** An adapter and the environment in which a process finds it. */
export interface AvailableAdapter {
  readonly adapter: AdapterRecord
  readonly source: 'system' | 'embedded'
  /** To be added to the environment of a process before it starts. */
  readonly environment: Readonly<Record<string, string>>
}

const ENUMERATE = moduleBeside(import.meta.url, 'enumerate')
const ENUMERATE_TIMEOUT_MS = 20_000

/** Every adapter a process of ours could use: the system's drivers first, then the embedded one. */
export async function listAdapters(): Promise<AvailableAdapter[]> {
  const embedded = await embeddedDriverEnvironment()
  const found = await Promise.all([enumerate('system', {}), embedded ? enumerate('embedded', embedded) : []])
  return found.flat()
}

/**
 * The adapter to run on. By name: `swiftshader`, `lavapipe`, or part of a name or driver. By default (`auto`): hardware,
 * then lavapipe, then SwiftShader.
 * @throws {ReducibleError} unknown-adapter lists those that exist; no-adapter: the machine has none at all.
 */
export async function chooseAdapter(wanted: string): Promise<AvailableAdapter> {
  return pickAdapter(wanted, await listAdapters())
}

/** chooseAdapter over a given list. */
export function pickAdapter(wanted: string, available: readonly AvailableAdapter[]): AvailableAdapter {
  if (available.length === 0) {
    throw new ReducibleError('no-adapter', 'this machine has no GPU adapter that WebGPU can use', {
      remedy: 'install a Vulkan driver (on Debian 13: `apt-get install mesa-vulkan-drivers`)',
    })
  }
  const preferred = wanted === 'auto' ? [...available].sort(byPreference) : available.filter(isNamed(wanted))
  if (preferred.length === 0) {
    const names = available.map(({ adapter }) => `'${adapter.name}' (${adapter.driver})`).join(', ')
    throw new ReducibleError('unknown-adapter', `no adapter matches '${wanted}'; this machine has ${names}`)
  }
  return preferred[0]
}

function isNamed(wanted: string): (candidate: AvailableAdapter) => boolean {
  const part = wanted.toLowerCase() === 'lavapipe' ? 'llvmpipe' : wanted.toLowerCase()
  return ({ adapter }) => `${adapter.name} ${adapter.driver}`.toLowerCase().includes(part)
}

function byPreference(a: AvailableAdapter, b: AvailableAdapter): number {
  return preferenceOf(a) - preferenceOf(b)
}

function preferenceOf({ adapter }: AvailableAdapter): number {
  if (!adapter.software) return 0
  return /llvmpipe/i.test(adapter.name) ? 1 : 2
}

async function enumerate(
  source: AvailableAdapter['source'],
  environment: Record<string, string>,
): Promise<AvailableAdapter[]> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [ENUMERATE], {
      env: { ...process.env, ...environment },
      timeout: ENUMERATE_TIMEOUT_MS,
    })
    const adapters = JSON.parse(stdout) as AdapterRecord[]
    return adapters.map((adapter) => ({ adapter, source, environment }))
  } catch {
    return [] // a driver that crashes or hangs on enumeration is one we cannot use
  }
}
