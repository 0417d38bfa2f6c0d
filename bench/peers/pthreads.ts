import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { fastest, firstLineOf, launch, type Peer, programArguments } from './peer.ts'

const SOURCE = fileURLToPath(new URL('pthreads-allreduce.c', import.meta.url))
const FLAGS = ['-O3', '-march=native', '-pthread']
let compiled: Promise<string> | undefined

/** Threads of one C program; the best of its variants, which pthreads-allreduce.c describes. */
export const pthreads: Peer = {
  name: 'C pthreads',
  transport: 'shared',
  install: 'apt-get install gcc libc6-dev',
  async find() {
    const version = await firstLineOf('cc', '--version')
    return version && `${version}, ${FLAGS.join(' ')}`
  },
  async run(request) {
    compiled ??= compile()
    return fastest(await launch(await compiled, programArguments(request)))
  },
}

async function compile(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'reducible-peers-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const program = join(folder, 'pthreads-allreduce')
  await promisify(execFile)('cc', [...FLAGS, SOURCE, '-o', program])
  return program
}
