import { clusterLine, type LocalCluster } from '../record/host.ts'
import type { Manifest } from '../record/manifest-schema.ts'
import type { Study } from '../study/schema.ts'
import type { Comparison } from './comparison.ts'

/** One of the questions that a run answers, in sentences; `unknown` where its records do not. */
export interface Answer {
  readonly question:
    | 'which code'
    | 'which data'
    | 'which model'
    | 'which hardware'
    | 'which parameters'
    | 'which evaluation'
  readonly answer: string
  /** Where it stands. */
  readonly from: readonly string[]
}

/** What somebody asks of a result before anything else. @source requirements E3. */
export function sixAnswers(
  manifest: Manifest,
  study: Study,
  cluster: LocalCluster,
  { metric, arms }: Comparison,
): Answer[] {
  const { code, environment, data, rowMaps, seeds, overrides } = manifest
  const { lockfile } = environment
  const drift = { none: 'as the lockfile has them', drifted: 'NOT as the lockfile has them', unknown: 'drift unknown' }
  const { training, workload } = study
  const trials = arms.reduce((sum, arm) => sum + arm.trials.length, 0)
  const changed = Object.entries(overrides).map(([key, value]) => `${key} ${value}`)
  return [
    {
      question: 'which code',
      answer:
        `commit ${code.commit ?? 'unknown'}, ${code.state}${code.reason === null ? '' : ` (${code.reason})`}; source ` +
        `${short(code.sourceDigest)}, lockfile ${lockfile.sha256 === null ? 'unknown' : short(lockfile.sha256)}, packages ${drift[lockfile.drift]}`,
      from: ['manifest.json#/code', 'manifest.json#/environment/lockfile'],
    },
    {
      question: 'which data',
      answer:
        data.length === 0
          ? 'unknown'
          : `${listed(data.map(({ name, seed, sha256 }) => `${name} ${seed === null ? '' : `of seed ${seed} `}${short(sha256)}`))}; ` +
            `rows of every step: ${listed(rowMaps.map(({ seed, sha256 }) => `seed ${seed} ${short(sha256)}`))}`,
      from: ['manifest.json#/data', 'manifest.json#/rowMaps'],
    },
    { question: 'which model', answer: modelOf(workload), from: ['study.yaml#/workload'] },
    { question: 'which hardware', answer: clusterLine(cluster), from: ['cluster.yaml'] },
    {
      question: 'which parameters',
      answer:
        `${training.steps} steps, batch ${training.batch}, learning rate ${training.learningRate}, momentum ` +
        `${training.momentum}; seeds ${listed(seeds.values.map(String))}; arms ${listed(arms.map(armText))}` +
        (changed.length === 0 ? '' : `; overridden: ${changed.join(', ')}`),
      from: ['study.yaml#/training', 'manifest.json#/seeds', 'manifest.json#/overrides'],
    },
    {
      question: 'which evaluation',
      answer: `${metric.name}: ${metric.definition}; ${trials} trials`,
      from: ['comparison.json#/metric', 'samples.jsonl'],
    },
  ]
}

function modelOf(workload: Study['workload']): string {
  switch (workload.name) {
    case 'linear':
      return `linear least squares, ${workload.columns} weights, on ${workload.rows} generated rows`
    case 'paced':
      return `paced: a small real gradient, ${workload.computeMs} ms a step on one rank, ${workload.parameters} values sent`
    case 'mnist':
      return 'softmax regression on MNIST, 784 × 10 weights and 10 biases'
    case 'mnist-mlp':
      return `perceptron 784 – ${workload.hidden} – ${workload.hidden} – 10 on MNIST, dropout ${workload.dropout}, shifts of ${workload.shiftPixels} pixels`
  }
}

function armText({ name, algorithm, arithmetic, transport }: Comparison['arms'][number]): string {
  return `${name} (${algorithm}, ${arithmetic}, ${transport})`
}

function short(digest: string): string {
  return digest.slice(0, 12)
}

/** At most four, and how many more. */
function listed(items: readonly string[]): string {
  const more = items.length > 4 ? ` and ${items.length - 4} more` : ''
  return `${items.slice(0, 4).join(', ')}${more}`
}
