/**
 * Writes add.wasm from add.as.ts: `node src/reduce/transport/wasm/generate.ts`. It is checked in;
 * test/reduce/shared.test.ts compares it with a fresh compile.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const here = import.meta.dirname
const asc = join(here, '../../../../node_modules/.bin/asc')

/** Compiles into `file`. The memory is imported and shared, of any size up to 4 GiB. */
export function compileAdd(file: string): void {
  const features = '--enable simd --enable threads --enable bulk-memory'
  const memory = '--importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536'
  const flags = `-O3 --noAssert --runtime stub ${features} ${memory}`
  execFileSync(asc, ['add.as.ts', '--outFile', file, ...flags.split(' ')], { cwd: here })
}

if (import.meta.main) compileAdd('add.wasm')
