// Goal: every input of two runs that differs is named by its path with both values; names of hosts and clocks are none.
// Left out: what a difference means for the level (replay-level.test.ts).
import { expect, it } from 'vitest'
import { inputDifferences, type RecordedInputs } from '../../src/evidence/input-differences.ts'
import { smallStudy } from './studies.ts'

/** A run as far as these rules read it. */
function runOf(changes: Record<string, unknown> = {}): RecordedInputs {
  const { hostname = 'h', cpuModel = 'c', node = '26', sha256 = 'd', flags = {}, startedAt = 't', ...study } = changes
  return {
    study: smallStudy(study),
    manifest: {
      startedAt,
      code: { commit: 'c0', sourceDigest: 's', kernelsDigest: 'k' },
      environment: { node },
      data: [
        { name: 'images', seed: null, sha256 },
        { name: 'rows', seed: 3, sha256: 'r' },
      ],
      rowMaps: [{ seed: 3, sha256: 'm' }],
      seeds: { streams: [] },
    },
    cluster: { host: { hostname, cpuModel }, interconnect: { fabric: 'loopback', measured: startedAt } },
    environment: { variables: flags, nccl_env: {} },
  } as unknown as RecordedInputs
}

it('equal runs on two hosts at two times differ in nothing', () => {
  expect(inputDifferences(runOf(), runOf({ hostname: 'other', startedAt: 'later' }))).toEqual([])
})

it.each([
  [{ cpuModel: 'x' }, 'cluster.host.cpuModel', 'c', 'x'],
  [{ node: '24' }, 'environment.node', '26', '24'],
  [{ sha256: 'x' }, 'data.images', 'd', 'x'],
  [{ seeds: [7] }, 'seeds.values', [0, 1, 2], [7]],
  [{ repeats: 2 }, 'code.study.repeats', 1, 2],
  [{ flags: { LANG: 'C' } }, 'environment.variables.LANG', null, 'C'],
])('%j is named by its path', (changes, path, recorded, now) => {
  expect(inputDifferences(runOf(), runOf(changes))).toEqual([{ path, recorded, now }])
})

it('each of several is named', () => {
  const paths = inputDifferences(runOf(), runOf({ cpuModel: 'x', node: '24' })).map(({ path }) => path)
  expect(paths).toEqual(['environment.node', 'cluster.host.cpuModel'])
})
