// Goal: the whole path on real processes, real gRPC and the embedded adapter: the committed baseline comes out again,
// a learning rate 2 % off does not, and the folder a run leaves is whole. Left out: speed, and runs that fail.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { sha256 } from '../../src/core/digest.ts'
import { projectRoot } from '../../src/core/paths.ts'
import type { Comparison } from '../../src/evidence/comparison.ts'
import { clusterLine, type LocalCluster } from '../../src/record/host.ts'
import type { StepRecord } from '../../src/record/trial-record.ts'
import type { MeasuredLinks } from '../../src/reduce/links.ts'
import { documentOf, type Finished, manifestOf, type ResultDocument, reducible, Scratch } from './reducible.ts'

const CLAIM = 'configs/claims/smoke.yaml'

describe('the smoke claim', () => {
  const scratch = new Scratch()
  let finished: Finished
  let document: ResultDocument
  let folder: string

  beforeAll(async () => {
    finished = await reducible(['reproduce', CLAIM, '--json', '--adapter', 'swiftshader', '--out', scratch.path])
    document = documentOf(finished)
    folder = String(document.run)
  })
  afterAll(() => scratch[Symbol.dispose]())

  it('reproduces the committed baseline', () => {
    expect(finished.status, finished.stderr).toBe(0)
    expect(document).toMatchObject({ schemaVersion: 1, command: 'reproduce', status: 'done', verdict: 'true' })
    expect(document.result?.values.every(({ pass }) => pass)).toBe(true)
  })

  it('records every step of every node, with one update dispatch and the GPU time', () => {
    const steps = readFileSync(join(folder, 'steps.jsonl'), 'utf8').trimEnd().split('\n')
    const records = steps.map((line) => JSON.parse(line) as StepRecord)
    expect(records).toHaveLength(2 * 2 * 40)
    for (const { nodes } of records) {
      for (const { updateDispatches, dispatches, gpuNs } of nodes) {
        expect(updateDispatches).toBe(1)
        expect(dispatches).toBeGreaterThan(3)
        expect(gpuNs).toBeGreaterThan(0)
      }
    }
    expect(records.filter(({ trial }) => trial.startsWith('3-nodes'))[0].nodes).toHaveLength(3)
  })

  it('leaves a folder whose checksums are right and whose adapter is stamped as software', () => {
    const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n')
    const names = sums.map((line) => line.slice(66))
    for (const line of sums) expect(sha256(readFileSync(join(folder, line.slice(66))))).toBe(line.slice(0, 64))
    for (const name of [
      'manifest.json',
      'study.yaml',
      'cluster.yaml',
      'environment.json',
      'comparison.json',
      'verdict.json',
    ]) {
      expect(names).toContain(name)
    }
    expect(manifestOf(folder)).toMatchObject({ status: 'done', simulated: false, failure: null })
    expect(document).toMatchObject({ cluster: { accelerator: { software: true, backend: 'vulkan' } } })
  })

  it('says what its links carry, measured by the first trial of three nodes and no part of its bytes', () => {
    const cluster = parse(readFileSync(join(folder, 'cluster.yaml'), 'utf8')) as LocalCluster
    expect(cluster.interconnect).toMatchObject({
      fabric: 'loopback',
      measured: { trial: '3-nodes.seed-0', transport: 'grpc', nodeCount: 3, pairCount: 3, pairsAtOnce: 1 },
    })
    const { measured } = cluster.interconnect as { measured: MeasuredLinks }
    expect(measured.pairs.map(({ nodes }) => nodes.join()).sort()).toEqual(['0,1', '0,2', '1,2'])
    for (const { latencyNsP50, bandwidthBytesPerSecond } of [...measured.pairs, medians(measured)]) {
      for (const figure of [latencyNsP50, bandwidthBytesPerSecond]) {
        expect(figure).toBeGreaterThan(0)
        expect(figure).toBeLessThan(Number.POSITIVE_INFINITY)
      }
    }
    const comparison = JSON.parse(readFileSync(join(folder, 'comparison.json'), 'utf8')) as Comparison
    expect(comparison.cluster).toEqual(cluster)
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(clusterLine(cluster))
    const gradientBytes = 4 * (16 + 1)
    const evaluationBytes = 4 * 2
    for (const { bytesSentMax } of comparison.arms[1].trials) {
      expect(bytesSentMax).toBe(2 * (40 * gradientBytes + evaluationBytes))
    }
  })

  it('has a headline that is read from its files alone', async () => {
    const { status, stdout } = await reducible(['headline', join(scratch.path, 'runs/latest')])
    expect(status).toBe(0)
    expect(stdout).toContain('reproduced: true')
    expect(stdout).toContain('SOFTWARE')
  })

  it('says of a number where it comes from, and answers what anybody asks of a result', async () => {
    const run = join(scratch.path, 'runs/latest')
    const loss = String(document.arms?.[1].trials[0].loss)
    const [ofNumber, ofNone, ofRun] = await Promise.all(
      [
        ['why', loss, run],
        ['why', '77.7', run],
        ['why', run],
      ].map((words) => reducible([...words, '--json'])),
    )
    expect([ofNumber.status, ofNone.status, ofRun.status]).toEqual([0, 1, 0])
    const { matches, inputs } = documentOf(ofNumber)
    expect(matches).toEqual([
      expect.objectContaining({ name: 'final-loss of 3-nodes.seed-0', value: Number(loss), at: 'samples.jsonl:3' }),
    ])
    expect(inputs).toEqual(manifestOf(folder).inputs)
    expect(JSON.stringify(documentOf(ofRun).answers)).not.toContain('unknown')
    expect(documentOf(ofRun).answers).toHaveLength(6)
  })

  it('gives the same bits when the CPU twin is asked for, and stamps it', async () => {
    const file = join(scratch.path, 'twin.yaml')
    writeFileSync(file, `${readFileSync(join(projectRoot, 'configs/smoke.yaml'), 'utf8')}\nengine: cpu\n`)
    const onCpu = await reducible(['run', file, '--json', '--out', scratch.path])
    expect(onCpu.status, onCpu.stderr).toBe(0)
    const digests = ({ arms = [] }: ResultDocument): unknown[] =>
      arms.map(({ trials }) => trials.map(({ weightsSha256 }) => weightsSha256))
    expect(digests(documentOf(onCpu))).toEqual(digests(document))
    expect(documentOf(onCpu)).toMatchObject({ cluster: { accelerator: null } })
    const compared = await reducible(['compare', folder, String(documentOf(onCpu).run), '--json'])
    expect(compared.status, compared.stderr).toBe(0)
    const same = { metric: { decision: 'indistinguishable', difference: 0 }, time: { decision: 'insufficient' } }
    expect(documentOf(compared).arms).toMatchObject([
      { arm: '1-node', trials: 2, equalDigests: 2, ...same },
      { arm: '3-nodes', trials: 2, equalDigests: 2, ...same },
    ])
  })
})

function medians({ summary }: MeasuredLinks): Record<keyof MeasuredLinks['summary'], number> {
  const { latencyNsP50, bandwidthBytesPerSecond } = summary
  return { latencyNsP50: latencyNsP50.median, bandwidthBytesPerSecond: bandwidthBytesPerSecond.median }
}

it('a learning rate two percent off refutes the baseline', async () => {
  using scratch = new Scratch()
  const study = readFileSync(join(projectRoot, 'configs/smoke.yaml'), 'utf8').replace('0.05,', '0.051,')
  writeFileSync(join(scratch.path, 'study.yaml'), study)
  const claim = readFileSync(join(projectRoot, CLAIM), 'utf8').replace('../smoke.yaml', 'study.yaml')
  writeFileSync(join(scratch.path, 'claim.yaml'), claim)
  const words = ['reproduce', relative(projectRoot, join(scratch.path, 'claim.yaml')), '--seeds', '0', '--json']
  const finished = await reducible([...words, '--out', scratch.path])
  expect(finished.status, finished.stderr).toBe(1)
  const { verdict, result } = documentOf(finished)
  expect(verdict).toBe('false')
  expect(result?.checks.find(({ name }) => name === 'same seeds')?.outcome).toBe('fail')
  // The trajectory is judged against the study as it was run, so it must still be right.
  expect(result?.checks.find(({ name }) => name === 'trajectory')?.outcome).toBe('pass')
})
