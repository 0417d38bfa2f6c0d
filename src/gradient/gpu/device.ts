import { create, globals } from 'webgpu'
import { messageOf, ReducibleError } from '../../core/errors.ts'
import { type AdapterRecord, describeAdapter } from './adapter-record.ts'

/**
 * Instances live as long as the process: Dawn crashes when one is collected while a device of its lives
 * (node-webgpu issue 18).
 */
const instances: GPU[] = []

/** Dawn's switches. Timestamps are rounded to 65 µs unless the quantization is off. */
export const DAWN_FLAGS = ['disable-dawn-features=timestamp_quantization']

/** Makes an instance whose adapters are limited to those whose name holds `name`. */
export function createInstance(name: string): GPU {
  Object.assign(globalThis, globals)
  const instance = create([...DAWN_FLAGS, `adapter=${name}`])
  instances.push(instance)
  return instance
}

/** An open device that turns whatever goes wrong on it into the failure of the next wait. */
export interface OpenDevice extends Disposable {
  readonly device: GPUDevice
  readonly adapter: AdapterRecord
  /** Rejects when the device is lost or a call was invalid; never resolves. */
  readonly failure: Promise<never>
  /** Resolves when `mapping` does, or rejects when the device failed. */
  wait<T>(mapping: Promise<T>): Promise<T>
}

/**
 * Opens the adapter of that name, as Dawn lists it.
 * @param optional features to turn on, beside timestamps, where the adapter has them.
 * @throws {ReducibleError} no-adapter: this process finds none of that name.
 */
export async function openDevice(name: string, optional: readonly GPUFeatureName[] = []): Promise<OpenDevice> {
  const adapter = await requestAdapter(name)
  const record = describeAdapter(name, adapter.info)
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits
  const device = await adapter.requestDevice({
    requiredFeatures: ['timestamp-query' as const, ...optional].filter((feature) => adapter.features.has(feature)),
    requiredLimits: { maxStorageBufferBindingSize, maxBufferSize },
  })
  const failure = new Promise<never>((_resolve, reject) => {
    const fail = (what: string): void =>
      reject(new ReducibleError('gpu-failed', `${what} on adapter ${record.name} (${record.driver})`))
    device.addEventListener('uncapturederror', (event) => fail(`invalid GPU work: ${event.error.message}`))
    void device.lost.then((info) => {
      if (info.reason !== 'destroyed') fail(`device lost: ${info.message}`)
    })
  })
  failure.catch(() => {}) // observed by every wait; without one it must not end the process on its own
  const nap = record.software ? napWhilePending : undefined
  return {
    device,
    adapter: record,
    failure,
    wait: (mapping) => Promise.race([nap ? nap(mapping) : mapping, failure]),
    [Symbol.dispose]: () => device.destroy(),
  }
}

async function requestAdapter(name: string): Promise<GPUAdapter> {
  const none = (cause?: unknown): ReducibleError => {
    const detail = cause === undefined ? '' : ` (${messageOf(cause).split('\n')[0]})`
    return new ReducibleError('no-adapter', `WebGPU finds no adapter named '${name}' here${detail}`, { cause })
  }
  let adapter: GPUAdapter | null
  try {
    adapter = await createInstance(name).requestAdapter({ powerPreference: 'high-performance' })
  } catch (thrown) {
    throw none(thrown)
  }
  if (adapter === null) throw none()
  return adapter
}

const napCell = new Int32Array(new SharedArrayBuffer(4))
const NAP_MS = 0.15

/**
 * Dawn completes work only while the event loop turns, and spins it as fast as it goes. Beside a software adapter
 * those spins take the cores that do the work: eight ranks on two cores took 30 ms a step spinning and 7 ms with naps
 * (512 × 16 rows each, SwiftShader). A hardware adapter needs no naps, and a nap would be added to its latency.
 */
async function napWhilePending<T>(mapping: Promise<T>): Promise<T> {
  let pending = true
  const settled = mapping.finally(() => {
    pending = false
  })
  settled.catch(() => {})
  while (pending) {
    Atomics.wait(napCell, 0, 0, NAP_MS)
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return settled
}
