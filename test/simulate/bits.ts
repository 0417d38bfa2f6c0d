/**
 * Are the bits of a simulation those of the run that it predicts? Every deterministic algorithm over 2, 3, 4 and 8 nodes, on two
 * workloads: predictions are written and hashed first, then the same study runs for real, in processes on the GPU of this
 * machine, and every loss, weights' hash and order is compared. `arrival` is compared the other way round: with the orders that a run
 * recorded, the simulation comes to its weights. `npm run test:simulate-bits`; exit 1 where anything differs.
 */
import assert from 'node:assert'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { sha256 } from '../../src/core/digest.ts'
import { formatDuration } from '../../src/core/units.ts'
import type { StepRecord, TrialRecord } from '../../src/record/trial-record.ts'
import { EVERY_ALGORITHM } from '../../src/reduce/algorithms.ts'
import { documentOf, reducible, Scratch } from '../end-to-end/reducible.ts'

const SPEC = 'cluster/specs/fast-fabric.yaml'
const NODE_COUNTS = [2, 3, 4, 8]
const DETERMINISTIC = EVERY_ALGORITHM.filter((algorithm) => algorithm !== 'arrival')

const WORKLOADS = {
  linear: {
    workload: { name: 'linear', rows: 1000, columns: 40, noise: 1 },
    training: { steps: 5, learningRate: 0.05, batch: 250 },
  },
  'mnist-mlp': {
    workload: { name: 'mnist-mlp', hidden: 32 },
    training: { steps: 2, learningRate: 0.1, momentum: 0.9, batch: 96 },
  },
}
type WorkloadName = keyof typeof WORKLOADS

/** What two records of one trial are compared by. */
interface TrialBits {
  readonly weightsSha256: string | null
  readonly loss: number | null
  readonly accuracy: number | null
  readonly evaluationOrder: string | null
  /** By step: the loss before it, the hash of the weights after it, and the orders of its sums. */
  readonly steps: readonly Pick<StepRecord, 'loss' | 'weightsHash' | 'orderCertificates'>[]
}

using scratch = new Scratch()
const began = performance.now()
let equal = 0
let different = 0
const names = Object.keys(WORKLOADS) as WorkloadName[]
const predictions = await Promise.all(names.map(predict))
// Side by side: each waits for its processes to start most of the time.
await Promise.all(predictions.map(compareWithRun))
await Promise.all(names.map(compareArrival))
console.log(
  `${equal} equal, ${different} different, in ${formatDuration(performance.now() - began)}, load average ${loadavg()[0].toFixed(1)}`,
)
process.exitCode = different === 0 && equal > 0 ? 0 : 1

interface Prediction {
  readonly name: WorkloadName
  readonly study: string
  readonly file: string
  readonly sha256: string
  readonly trials: ReadonlyMap<string, TrialBits>
}

async function predict(name: WorkloadName): Promise<Prediction> {
  const study = writeStudy(name, 'predicted', DETERMINISTIC)
  const { folder, trials } = await simulate(study)
  const file = join(folder, 'predictions.json')
  const hashed = sha256(readFileSync(file))
  console.log(`${name}: ${trials.length} trials predicted, SHA-256 ${hashed}`)
  return { name, study, file, sha256: hashed, trials: bitsByTrial(folder, trials) }
}

async function compareWithRun({ name, study, file, sha256: hashed, trials }: Prediction): Promise<void> {
  const { bits } = await run(study)
  assert.equal(sha256(readFileSync(file)), hashed, 'predictions stay as they were written')
  compare(name, trials, bits)
}

async function compareArrival(name: WorkloadName): Promise<void> {
  const study = writeStudy(name, 'arrival', ['arrival'])
  const { folder, bits } = await run(study)
  const replayed = await simulate(study, '--replay-orders', folder)
  compare(`${name}, arrival as recorded`, bitsByTrial(replayed.folder, replayed.trials), bits)
}

function writeStudy(name: WorkloadName, kind: string, algorithms: readonly string[]): string {
  const arms = algorithms.flatMap((algorithm) =>
    NODE_COUNTS.map((nodes) => ({ name: `${algorithm.replace(/[^a-z0-9.-]+/g, '-')}-${nodes}`, nodes, algorithm })),
  )
  const file = join(scratch.path, `${name}-${kind}.yaml`)
  writeFileSync(file, stringify({ purpose: 'Are the bits those predicted?', ...WORKLOADS[name], arms, seeds: [0] }))
  return file
}

async function simulate(
  study: string,
  ...flags: string[]
): Promise<{ folder: string; trials: readonly TrialRecord[] }> {
  const finished = await reducible(['simulate', study, '--cluster', SPEC, '--json', '--out', scratch.path, ...flags])
  assert.equal(finished.status, 0, finished.stderr)
  const parent = join(scratch.path, 'runs', 'simulated', study.slice(scratch.path.length + 1).replace('.yaml', ''))
  return { folder: join(parent, readdirSync(parent)[0]), trials: trialsOf(documentOf(finished).arms) }
}

async function run(study: string): Promise<{ folder: string; bits: ReadonlyMap<string, TrialBits> }> {
  const finished = await reducible(['run', study, '--json', '--out', scratch.path])
  assert.equal(finished.status, 0, finished.stderr)
  const document = documentOf(finished)
  const folder = document.run ?? assert.fail('a run has a folder')
  return { folder, bits: bitsByTrial(folder, trialsOf(document.arms)) }
}

function trialsOf(arms: readonly { readonly trials: readonly TrialRecord[] }[] = []): readonly TrialRecord[] {
  return arms.flatMap(({ trials }) => trials)
}

function bitsByTrial(folder: string, trials: readonly TrialRecord[]): ReadonlyMap<string, TrialBits> {
  const lines = readFileSync(join(folder, 'steps.jsonl'), 'utf8').trimEnd().split('\n')
  const steps = Map.groupBy(
    lines.map((line) => JSON.parse(line) as StepRecord),
    ({ trial }) => trial,
  )
  return new Map(
    trials.map(({ trial, weightsSha256, loss, accuracy, evaluationOrder }) => [
      trial,
      {
        weightsSha256,
        loss,
        accuracy,
        evaluationOrder,
        steps: (steps.get(trial) ?? []).map((step) => ({
          loss: step.loss,
          weightsHash: step.weightsHash,
          orderCertificates: step.orderCertificates,
        })),
      },
    ]),
  )
}

function compare(what: string, predicted: ReadonlyMap<string, TrialBits>, real: ReadonlyMap<string, TrialBits>): void {
  assert.deepEqual([...predicted.keys()].sort(), [...real.keys()].sort(), 'the same trials')
  const differing = [...predicted].filter(([trial, bits]) => JSON.stringify(bits) !== JSON.stringify(real.get(trial)))
  const digests = new Set([...real.values()].map(({ weightsSha256 }) => weightsSha256))
  equal += predicted.size - differing.length
  different += differing.length
  console.log(
    `${what}: ${predicted.size - differing.length} of ${predicted.size} equal, ${digests.size} different digests`,
  )
  for (const [trial, bits] of differing) {
    console.log(`  ${trial}: predicted ${bits.weightsSha256}, real ${real.get(trial)?.weightsSha256}`)
  }
}
