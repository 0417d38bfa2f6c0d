// Goal: the right adapter is chosen among those a machine has, the embedded SwiftShader is found and unpacked whole
// however many processes start at once, and a process without a Vulkan driver says so.
// Left out: real hardware and lavapipe (system tests), and drivers that crash or hang when they are listed.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, type TestContext } from 'vitest'
import { ReducibleError } from '../../src/core/errors.ts'
import { describeAdapter } from '../../src/gradient/gpu/adapter-record.ts'
import { type AvailableAdapter, chooseAdapter, listAdapters, pickAdapter } from '../../src/gradient/gpu/adapters.ts'
import { openDevice } from '../../src/gradient/gpu/device.ts'

const CHILD_TIMEOUT_MS = 30_000
const PRINT_DRIVER_ENVIRONMENT = fileURLToPath(new URL('./fixtures/print-driver-environment.ts', import.meta.url))
const OPEN_ADAPTER = fileURLToPath(new URL('./fixtures/open-adapter.ts', import.meta.url))

function available(name: string, driver: string, software: boolean): AvailableAdapter {
  const adapter = { name, vendor: 'a vendor', architecture: '', driver, backend: 'vulkan', software }
  return { adapter, source: 'system', environment: {} }
}

const hardware = available('NVIDIA H100 PCIe', 'NVIDIA: 565.57.01', false)
const lavapipe = available('llvmpipe (LLVM 19.1.7, 256 bits)', 'llvmpipe: Mesa 25.0.7', true)
const swiftShader = available('SwiftShader Device (Subzero)', 'SwiftShader driver 5.0.0', true)

const everyOrder = [
  [hardware, lavapipe, swiftShader],
  [hardware, swiftShader, lavapipe],
  [lavapipe, hardware, swiftShader],
  [lavapipe, swiftShader, hardware],
  [swiftShader, hardware, lavapipe],
  [swiftShader, lavapipe, hardware],
]

/** The ReducibleError that was thrown; anything else fails the test. */
function errorOf(act: () => unknown): ReducibleError {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof ReducibleError) return thrown
    throw thrown
  }
  throw new Error('want a ReducibleError, got none')
}

describe('the adapter by default', () => {
  it.each(everyOrder)(
    'is hardware, then lavapipe, then SwiftShader, in whatever order they are listed',
    (...listed) => {
      expect(pickAdapter('auto', listed)).toBe(hardware)
      const software = listed.filter((one) => one !== hardware)
      expect(pickAdapter('auto', software)).toBe(lavapipe)
      expect(pickAdapter('auto', [swiftShader])).toBe(swiftShader)
    },
  )

  it('is the first listed of two that are equally good, and the list stays as it was', () => {
    const second = available('NVIDIA H200', 'NVIDIA: 565.57.01', false)
    const listed = [swiftShader, second, hardware]
    expect(pickAdapter('auto', listed)).toBe(second)
    expect(listed).toEqual([swiftShader, second, hardware])
  })
})

describe('an adapter asked for by name', () => {
  it.each([
    ['swiftshader', swiftShader],
    ['SwiftShader', swiftShader],
    ['lavapipe', lavapipe],
    ['LavaPipe', lavapipe],
    ['llvmpipe', lavapipe],
    ['H100', hardware],
    ['565.57', hardware],
    ['mesa 25', lavapipe],
  ])('%s is found by part of its name or driver, in capitals or not', (wanted, adapter) => {
    for (const listed of everyOrder) expect(pickAdapter(wanted, listed)).toBe(adapter)
  })

  it('is an unknown-adapter error that lists those there are, where none matches', () => {
    const error = errorOf(() => pickAdapter('radeon', [hardware, swiftShader]))
    expect(error.code).toBe('unknown-adapter')
    expect(error.message).toContain("'radeon'")
    for (const { adapter } of [hardware, swiftShader]) {
      expect(error.message).toContain(adapter.name)
      expect(error.message).toContain(adapter.driver)
    }
    expect(errorOf(() => pickAdapter('lavapipe', [hardware, swiftShader])).code).toBe('unknown-adapter')
  })

  it.each(['auto', 'swiftshader'])('is a no-adapter error for %s on a machine that has none', (wanted) => {
    expect(errorOf(() => pickAdapter(wanted, [])).code).toBe('no-adapter')
    expect(pickAdapter(wanted, [swiftShader])).toBe(swiftShader)
  })
})

describe('the record of an adapter', () => {
  const info = { vendor: 'v', architecture: 'a', device: '', description: 'a driver', isFallbackAdapter: false }

  it.each([
    ['SwiftShader Device (Subzero)', info, true],
    ['llvmpipe (LLVM 19.1.7, 256 bits)', info, true],
    ['Software', { ...info, isFallbackAdapter: true }, true],
    ['Some GPU', { ...info, description: 'SwiftShader driver 5.0.0' }, true],
    ['NVIDIA H100 PCIe', info, false],
  ])('of %s says whether a CPU does the work', (name, adapterInfo, software) => {
    const record = describeAdapter(name, adapterInfo as unknown as GPUAdapterInfo)
    expect(record).toMatchObject({ name, vendor: 'v', architecture: 'a', driver: adapterInfo.description, software })
  })
})

describe('this machine', () => {
  it('has the embedded SwiftShader', async (context) => {
    onlyOnLinuxX64(context)
    const embedded = (await listAdapters()).filter(({ source }) => source === 'embedded')
    expect(embedded.map(({ adapter }) => adapter)).toMatchObject([
      {
        name: expect.stringContaining('SwiftShader'),
        backend: 'vulkan',
        software: true,
        driver: expect.stringContaining('SwiftShader'),
      },
    ])
    expect(Object.keys(embedded[0].environment)).toEqual(['LD_LIBRARY_PATH', 'VK_DRIVER_FILES', 'XDG_RUNTIME_DIR'])
  })

  it('is asked when an adapter is chosen, and lists what it has when the name is unknown', async (context) => {
    onlyOnLinuxX64(context)
    expect((await chooseAdapter('swiftshader')).adapter.name).toContain('SwiftShader')
    await expect(chooseAdapter('no such adapter')).rejects.toMatchObject({
      code: 'unknown-adapter',
      message: expect.stringContaining('SwiftShader'),
    })
  })

  it('opens an adapter by its name only', async () => {
    using gpu = await openDevice('SwiftShader')
    expect(gpu.adapter.name).toBe('SwiftShader')
    await expect(openDevice('no such adapter')).rejects.toMatchObject({ code: 'no-adapter' })
  })
})

describe('the embedded driver', () => {
  it('is unpacked once, whole, by eight processes that start at once', async (context) => {
    onlyOnLinuxX64(context)
    using cache = temporaryFolder()
    const unpack = (): Promise<Record<string, string>> => driverEnvironment({ XDG_CACHE_HOME: cache.path })
    const environments = await Promise.all(Array.from({ length: 8 }, unpack))
    expect(readdirSync(join(cache.path, 'reducible', 'drivers'))).toHaveLength(1)
    const folder = environments[0].LD_LIBRARY_PATH
    const needed = ['libvk_swiftshader.so', 'libvulkan.so.1', 'vk_swiftshader_icd.json']
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(needed))
    expect(environments).toEqual(Array(8).fill(environments[0]))
    expect(await child(OPEN_ADAPTER, ['SwiftShader'], environments[0])).toBe('opened SwiftShader')
  })

  it('goes to the temporary folder where the cache folder cannot be made', async (context) => {
    onlyOnLinuxX64(context)
    using temporary = temporaryFolder()
    const file = join(temporary.path, 'a file')
    writeFileSync(file, '')
    const environment = await driverEnvironment({ XDG_CACHE_HOME: file, TMPDIR: temporary.path })
    expect(environment.LD_LIBRARY_PATH.startsWith(join(temporary.path, 'reducible-'))).toBe(true)
  })

  it('is an unwritable error where its place is taken by something else', async (context) => {
    onlyOnLinuxX64(context)
    using cache = temporaryFolder()
    const { LD_LIBRARY_PATH: folder } = await driverEnvironment({ XDG_CACHE_HOME: cache.path })
    rmSync(join(folder, 'vk_swiftshader_icd.json'))
    const failure = driverEnvironment({ XDG_CACHE_HOME: cache.path })
    await expect(failure).rejects.toMatchObject({ stderr: expect.stringContaining("code: 'unwritable'") })
    expect(readdirSync(dirname(folder))).toHaveLength(1)
  })
})

// States what should hold and does not yet: an error of the file system comes through raw. When mended, `fails` goes.
describe('a known defect', () => {
  it('the embedded driver is an unwritable error where no folder can be made inside the cache', async (context) => {
    onlyOnLinuxX64(context)
    using cache = temporaryFolder()
    mkdirSync(join(cache.path, 'reducible'))
    writeFileSync(join(cache.path, 'reducible', 'drivers'), 'a file where a folder should be')
    const failure = driverEnvironment({ XDG_CACHE_HOME: cache.path })
    await expect(failure).rejects.toMatchObject({ stderr: expect.stringContaining("code: 'unwritable'") })
  })
})

describe('a process without a Vulkan driver', () => {
  it('finds no adapter, where one with the driver opens it', async (context) => {
    onlyOnLinuxX64(context)
    const nothing = { LD_LIBRARY_PATH: undefined, VK_DRIVER_FILES: '/nonexistent/driver.json' }
    expect(await child(OPEN_ADAPTER, ['SwiftShader'], nothing)).toMatch(/^\[no-adapter\] .*'SwiftShader'/)
    const environment = await driverEnvironment({})
    expect(await child(OPEN_ADAPTER, ['SwiftShader'], environment)).toBe('opened SwiftShader')
  })
})

function onlyOnLinuxX64(context: TestContext): void {
  const has = process.platform === 'linux' && process.arch === 'x64'
  context.skip(!has, `no driver is embedded for ${process.platform} ${process.arch}`)
}

async function driverEnvironment(environment: Record<string, string>): Promise<Record<string, string>> {
  return JSON.parse(await child(PRINT_DRIVER_ENVIRONMENT, [], environment)) as Record<string, string>
}

/** What a script prints in a process of its own, with these settings over ours; undefined takes one away. */
async function child(
  script: string,
  args: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<string> {
  const env = { ...process.env, ...environment }
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { env, timeout: CHILD_TIMEOUT_MS })
  return stdout
}

function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'adapters-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}
