import assert from 'node:assert'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { brotliDecompressSync } from 'node:zlib'
import { extract } from 'tar-fs'
import { messageOf, ReducibleError } from '../../core/errors.ts'
import { cacheFolder } from './cache-folder.ts'

const VULKAN_MANIFEST = 'vk_swiftshader_icd.json'

/** The environment a process must be started with to find the embedded SwiftShader; undefined off Linux x64. */
export async function embeddedDriverEnvironment(): Promise<Record<string, string> | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const folder = await unpackedDriver()
  return {
    LD_LIBRARY_PATH: folder,
    VK_DRIVER_FILES: join(folder, VULKAN_MANIFEST),
    XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? tmpdir(), // else the Vulkan loader complains on stderr
  }
}

/**
 * SwiftShader and the Vulkan loader out of @sparticuz/chromium, in a cache folder. Unpacked beside its place and moved
 * there in one rename, so that processes starting at once never see half of it.
 */
async function unpackedDriver(): Promise<string> {
  const manifestFile = findPackageJSON('@sparticuz/chromium', import.meta.url)
  assert(manifestFile !== undefined, '@sparticuz/chromium is a dependency')
  const { version } = JSON.parse(await readFile(manifestFile, 'utf8')) as { version: string }
  const parent = join(await cacheFolder(), 'drivers')
  const folder = join(parent, `swiftshader-chromium-${version}`)
  if (existsSync(join(folder, VULKAN_MANIFEST))) return folder

  const archive = brotliDecompressSync(await readFile(join(dirname(manifestFile), 'bin', 'swiftshader.tar.br')))
  let unpacking: string | undefined
  try {
    await mkdir(parent, { recursive: true })
    unpacking = await mkdtemp(`${folder}-`)
    await pipeline(Readable.from([archive]), extract(unpacking))
    await rename(unpacking, folder)
  } catch (thrown) {
    if (unpacking !== undefined) await rm(unpacking, { recursive: true, force: true })
    if (!existsSync(join(folder, VULKAN_MANIFEST))) {
      throw new ReducibleError(
        'unwritable',
        `cannot unpack the SwiftShader driver into ${folder}: ${messageOf(thrown)}`,
        {
          cause: thrown,
          remedy: 'set XDG_CACHE_HOME to a folder you can write to, and empty it if it is damaged',
        },
      )
    }
  }
  return folder
}
