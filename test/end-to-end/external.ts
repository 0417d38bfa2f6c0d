import { writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { Command, type Scratch } from './reducible.ts'

/** An address of this machine that is not loopback, where it has one. */
export const NETWORK_ADDRESS = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address

export const NO_NETWORK = 'needs an address of this machine that is not loopback'

/** A launcher's variables around the test are not those of what it starts. */
export const NO_LAUNCHER = Object.fromEntries(
  ['RANK', 'WORLD_SIZE', 'SLURM_PROCID', 'SLURM_NTASKS', 'MASTER_ADDR', 'MASTER_PORT', 'REDUCIBLE_TOKEN'].map(
    (name): [string, undefined] => [name, undefined],
  ),
)

/** A command that waits for workers, where they reach it, and the token where it made one. */
interface Waiting {
  readonly command: Command
  readonly address: string
  readonly token: string | undefined
}

/** Starts `reducible coordinator` and waits until it listens. */
export function startCoordinator(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Waiting> {
  return startWaiting(['coordinator', ...words], environment)
}

/** Starts a capture of two workers by hand. */
export function startCapture(words: readonly string[]): Promise<Waiting> {
  return startWaiting(['cluster', 'capture', '--launch', 'external', '--nodes', '2', ...words])
}

/** Starts a bench over two workers by hand. */
export function startBench(words: readonly string[]): Promise<Waiting> {
  return startWaiting(['bench', '--launch', 'external', '--ranks', '2', ...words])
}

async function startWaiting(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Waiting> {
  const command = new Command(words, { ...NO_LAUNCHER, ...environment })
  const said = (): RegExpExecArray | null =>
    /listening on (\S+),.*\n +(?:REDUCIBLE_TOKEN=(\S+) )?npx/.exec(command.stderr)
  await command.until(() => said() !== null)
  const [, address, token] = said() ?? []
  return { command, address, token }
}

/** Starts `reducible worker` by hand. */
export function startWorker(
  address: string,
  words: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
  root?: string,
): Command {
  const all = ['worker', '--coordinator', address, '--wait', '30', ...words]
  return new Command(all, { ...NO_LAUNCHER, ...environment }, root)
}

/** A study that needs no adapter: two nodes, twelve steps. */
export function studyIn(scratch: Scratch): string[] {
  const file = join(scratch.path, 'two.yaml')
  writeFileSync(
    file,
    [
      'purpose: two nodes',
      'engine: cpu',
      'workload: { name: linear, rows: 256, columns: 4 }',
      'arms: [{ name: two, nodes: 2 }]',
      'training: { steps: 12, learningRate: 0.1 }',
      'seeds: [0]',
    ].join('\n'),
  )
  return [file, '--json', '--out', scratch.path]
}
