import assert from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fastest, firstLineOf, launch, outputOf, type Peer, programArguments } from './peer.ts'

const SOURCE = fileURLToPath(new URL('pthreads-allreduce.c', import.meta.url))
/** Compilers name the machine they run on by the first or, for some 64-bit ARM, by the second. */
const NATIVE_FLAGS = ['-march=native', '-mcpu=native']
let compiled: Promise<Program | undefined> | undefined

interface Program {
  readonly path: string
  readonly flags: readonly string[]
}

/** Threads of one C program; the best of its variants, which pthreads-allreduce.c describes. */
export const pthreads: Peer = {
  name: 'C pthreads',
  transport: 'shared',
  install: 'apt-get install gcc libc6-dev',
  async find() {
    const version = await firstLineOf('cc', '--version')
    if (version === undefined) return undefined
    compiled ??= compile()
    const program = await compiled
    return program && `${version}, ${program.flags.join(' ')}`
  },
  async run(request) {
    compiled ??= compile()
    const program = await compiled
    assert(program !== undefined, 'pthreads-allreduce.c could not be compiled')
    return fastest(await launch(program.path, programArguments(request)))
  },
}

/** Undefined where `cc` cannot make the program. */
async function compile(): Promise<Program | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'reducible-peers-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const path = join(folder, 'pthreads-allreduce')
  for (const native of NATIVE_FLAGS) {
    const flags = ['-O3', native, '-pthread']
    if ((await outputOf('cc', [...flags, SOURCE, '-o', path])) !== undefined) return { path, flags }
  }
  return undefined
}
