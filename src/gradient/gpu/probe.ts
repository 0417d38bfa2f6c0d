import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { sha256 } from '../../core/digest.ts'
import { moduleBeside } from '../../core/paths.ts'
import type { AvailableAdapter } from './adapters.ts'
import { cacheFolder } from './cache-folder.ts'
import { kernelsDigest, kernelsFolder } from './kernels.ts'
import { inOwnProcess } from './own-process.ts'
import type { ProbeRecord, ProbeRow } from './probe-record.ts'

const PROBE_ADAPTER = moduleBeside(import.meta.url, 'probe-adapter')
const PROBE_TIMEOUT_MS = 60_000

/**
 * Probes an adapter in a process of its own, and keeps the answer for `knownProbe`.
 * @throws {ReducibleError} gpu-failed: that process failed or took longer than a minute.
 */
export async function probeAdapter(available: AvailableAdapter, signal?: AbortSignal): Promise<ProbeRecord> {
  const subject = subjectOf(available)
  const rows = await inOwnProcess<ProbeRow[]>(PROBE_ADAPTER, 'probing', available, PROBE_TIMEOUT_MS, signal)
  const probe = { ...subject, rows }
  await keep(probe)
  return probe
}

/** The probe of an adapter: a kept one of the same adapter, driver, kernels and Dawn, on the same CPU; else a new one. */
export async function knownProbe(available: AvailableAdapter, signal?: AbortSignal): Promise<ProbeRecord> {
  try {
    return JSON.parse(await readFile(await fileOf(subjectOf(available)), 'utf8')) as ProbeRecord
  } catch {
    return probeAdapter(available, signal) // nothing is kept, or not all of it
  }
}

type Subject = Omit<ProbeRecord, 'rows'>

function subjectOf({ adapter }: AvailableAdapter): Subject {
  const { version } = createRequire(import.meta.url)('webgpu/package.json') as { version: string }
  const probeKernelsSha256 = kernelsDigest(join(kernelsFolder, 'probe'))
  return { adapter, webgpu: version, kernelsSha256: kernelsDigest(), probeKernelsSha256 }
}

/** Written beside its place and renamed, so that runs that start at once never read half of it. */
async function keep(probe: ProbeRecord): Promise<void> {
  try {
    const file = await fileOf(probe)
    await mkdir(dirname(file), { recursive: true })
    const part = `${file}.${process.pid}`
    await writeFile(part, JSON.stringify(probe))
    await rename(part, file)
  } catch {
    // a cache that cannot be written costs the next run a second, and this one nothing
  }
}

/** A software adapter compiles for the CPU it finds, so that is part of what was probed; so is the text of the probe itself. */
async function fileOf({ adapter, webgpu, kernelsSha256, probeKernelsSha256 }: Subject): Promise<string> {
  const cpu = adapter.software ? cpus()[0]?.model : undefined
  const subject = JSON.stringify({ adapter, webgpu, kernelsSha256, probeKernelsSha256, cpu })
  return join(await cacheFolder(), 'probes', `${sha256(subject, probeText())}.json`)
}

function probeText(): string {
  const folder = dirname(PROBE_ADAPTER)
  const files = readdirSync(folder).filter((file) => file.startsWith('probe'))
  return sha256(...files.sort().map((file) => readFileSync(join(folder, file))))
}
