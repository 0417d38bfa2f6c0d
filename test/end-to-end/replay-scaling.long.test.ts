// Goal: a scaling run is measured again by its own recipe and judged, the two curves lie in one figure, and another cluster is refused
// unless it is meant. Left out: the judgement of planted curves (evidence/scaling/replayed-curve.test.ts), and timings.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ScalingReplayVerdict } from '../../src/cli/replay-scaling.ts'
import { addChecksum, checkChecksums } from '../../src/record/checksums.ts'
import { readJson } from '../../src/record/files.ts'
import { SPEC_FILE } from '../../src/record/run-folder.ts'
import { committedTree, type TreeCopy } from '../mutation/tree.ts'
import { Command, documentOf, type Finished, Scratch } from './reducible.ts'

const scratch = new Scratch()
let tree: TreeCopy
let run: string

beforeAll(async () => {
  tree = committedTree()
  const file = join(scratch.path, 'curve.yaml')
  const study = {
    purpose: 'Does a curve come out again?',
    workload: { name: 'paced', computeMs: 120, parameters: 1000 },
    arms: [1, 2].map((nodes) => ({ name: `${nodes}-nodes`, nodes })),
    training: { steps: 6, learningRate: 0.05 },
    seeds: [0],
    repeats: 2,
    engine: 'cpu',
  }
  writeFileSync(file, JSON.stringify(study))
  run = String(documentOf(await start('scale', file)).run)
})
afterAll(() => {
  tree[Symbol.dispose]()
  scratch[Symbol.dispose]()
})

function start(...words: string[]): Promise<Finished> {
  return new Command([...words, '--json', '--out', scratch.path], {}, tree.root).finished
}

it('a scaling run is measured again, with both curves in one figure and a judgement of each point', async () => {
  const sums = readFileSync(join(run, 'SHA256SUMS'), 'utf8')
  const finished = await start('replay', run)
  const document = documentOf(finished)
  expect([0, 1, 2], finished.stderr).toContain(finished.status) // how fast it was is no matter of this test
  const again = String(document.run)
  checkChecksums(again)
  const verdict = readJson(join(again, 'replay-verdict.json')) as ScalingReplayVerdict
  expect(verdict).toMatchObject({
    kind: 'repeat',
    verdict: document.verdict,
    answers: { outcome: 'pass' },
    clusterDifferences: [],
    inputsThatDiffer: [],
    curve: { bases: [{ arm: '1-nodes' }], points: [{ arm: '2-nodes', ratio: expect.any(Number) }] },
  })
  expect(verdict.curve.limits.join('\n')).toContain('no rank test can reach p < 0.05')
  const figure = readFileSync(join(again, 'figures/replay.svg'), 'utf8')
  expect(figure).toContain('measured again (paced)')
  expect(readFileSync(join(run, 'SHA256SUMS'), 'utf8')).toBe(sums)
  const audit = await new Command(['audit', again, '--json'], {}, tree.root).finished
  expect(audit.status, audit.stdout).toBe(0)
})

it('another cluster is refused, unless it is meant: then its differences stand in the verdict', async () => {
  const elsewhere = join(scratch.path, 'elsewhere')
  cpSync(run, elsewhere, { recursive: true })
  const spec = join(elsewhere, SPEC_FILE)
  writeFileSync(spec, readFileSync(spec, 'utf8').replace('fabric: loopback', 'fabric: InfiniBand'))
  addChecksum(elsewhere, SPEC_FILE)
  const refused = await start('replay', elsewhere)
  expect(documentOf(refused).error).toMatchObject({
    code: 'another-cluster',
    message: expect.stringContaining('interconnect.fabric (InfiniBand → loopback)'),
  })
  const meant = documentOf(await start('replay', elsewhere, '--on-another-cluster'))
  expect(meant.clusterDifferences).toMatchObject([{ path: 'interconnect.fabric' }])
})
