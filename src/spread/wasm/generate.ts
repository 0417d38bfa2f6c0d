/**
 * Writes order.wasm from order.as.ts, part of `npm run wasm`. It is checked in; test/spread/ordered-sums.test.ts compares
 * it with a fresh compile.
 */
import { join } from 'node:path'
import { compileKernel } from '../../reduce/transport/wasm/generate.ts'

const here = import.meta.dirname

/** Compiles into `file`. */
export function compileOrder(file: string): void {
  compileKernel(join(here, 'order.as.ts'), file)
}

if (import.meta.main) compileOrder(join(here, 'order.wasm'))
