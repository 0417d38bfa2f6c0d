/**
 * Writes add.wasm from add.as.ts, part of `npm run wasm`. It is checked in; test/reduce/shared.test.ts compares it with
 * a fresh compile.
 */
import { execFileSync } from 'node:child_process'
import { basename, dirname, join } from 'node:path'

const here = import.meta.dirname
const asc = join(here, '../../../../node_modules/.bin/asc')

/** Compiles AssemblyScript. The memory is imported and shared, of any size up to 4 GiB. */
export function compileKernel(source: string, file: string): void {
  const features = '--enable simd --enable threads --enable bulk-memory'
  const memory = '--importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536'
  const flags = `-O3 --noAssert --runtime stub ${features} ${memory}`
  execFileSync(asc, [basename(source), '--outFile', file, ...flags.split(' ')], { cwd: dirname(source) })
}

/** Compiles add.as.ts into `file`. */
export function compileAdd(file: string): void {
  compileKernel(join(here, 'add.as.ts'), file)
}

if (import.meta.main) compileAdd(join(here, 'add.wasm'))
