// Goal: of two runs, which inputs differ, which of them can be swapped here, and what study a combination of them is.
// Left out: running one (replay.long.test.ts).
import { describe, expect, it } from 'vitest'
import { hybridStudy, inputsToSwap, type SwappableInput, standings } from '../../src/evidence/hybrids.ts'
import type { RecordedInputs } from '../../src/evidence/input-differences.ts'
import type { Study } from '../../src/study/schema.ts'
import { smallStudy } from './studies.ts'

interface Given {
  readonly study?: Study
  readonly sourceDigest?: string
  readonly lockfile?: string
  readonly node?: string
  readonly cpuModel?: string
  readonly hostname?: string
}

/** A run as far as these rules read it. */
function runOf({
  study = smallStudy(),
  sourceDigest = 's',
  lockfile = 'l',
  node = '26',
  cpuModel = 'c',
  hostname = 'h',
}: Given): RecordedInputs {
  return {
    study,
    manifest: { code: { sourceDigest }, environment: { node, lockfile: { sha256: lockfile } } },
    cluster: { host: { cpuModel, hostname }, interconnect: { fabric: 'loopback' }, accelerator: null, nodeCounts: [1] },
  } as unknown as RecordedInputs
}

const differing = (a: Given, b: Given): SwappableInput[] =>
  standings(runOf(a), runOf(b))
    .filter(({ differs }) => differs)
    .map(({ input }) => input)

const other = smallStudy({
  training: { ...smallStudy().training, batch: 50 },
  seeds: [7, 8],
  workload: { name: 'linear', rows: 2000, columns: 16, noise: 0.1 },
})

describe('what differs between two runs', () => {
  it.each([
    [{}, []],
    [{ hostname: 'x' }, []],
    [{ study: smallStudy({ purpose: 'another' }) }, []],
    [{ study: smallStudy({ seeds: [9] }) }, ['seeds']],
    [{ study: smallStudy({ repeats: 2 }) }, ['study']],
    [{ study: other }, ['study', 'data', 'seeds']],
    [{ sourceDigest: 'x' }, ['code']],
    [{ node: '24' }, ['environment']],
    [{ cpuModel: 'x' }, ['cluster']],
    [{ study: smallStudy({ adapter: 'x' }) }, ['cluster']],
    [{ study: smallStudy({ workload: { name: 'mnist' } }) }, ['study', 'data']],
  ] satisfies [Given, SwappableInput[]][])('%j', (b, inputs) => {
    expect(differing({}, b)).toEqual(inputs)
  })
})

describe('a swap', () => {
  const all = (b: Given) => standings(runOf({}), runOf(b))

  it('is of the inputs asked for that differ', () => {
    expect(inputsToSwap(['study', 'seeds', 'cluster'], all({ study: other }))).toEqual(['study', 'seeds'])
  })

  it.each([
    ['another machine', ['cluster'], { cpuModel: 'x' }, /cluster of the other run is not at hand/],
    ['another environment', ['environment'], { node: '24' }, /environment of the other run is not at hand/],
    ['code with another lockfile', ['code'], { sourceDigest: 'x', lockfile: 'x' }, /another lockfile/],
    ['equal runs', ['study'], {}, /none of study can be swapped$/],
  ] satisfies [string, SwappableInput[], Given, RegExp][])('of %s is refused', (_, asked, b, said) => {
    expect(() => inputsToSwap(asked, all(b))).toThrow(said)
  })

  it('of five inputs is refused with the number of their combinations', () => {
    const five = (['code', 'study', 'data', 'seeds', 'cluster'] as const).map((input) => ({
      input,
      differs: true,
      obstacle: null,
    }))
    expect(() =>
      inputsToSwap(
        five.map(({ input }) => input),
        five,
      ),
    ).toThrow(/5 inputs have 32 combinations/)
    expect(inputsToSwap(['code', 'study', 'data', 'seeds'], five)).toHaveLength(4)
  })
})

describe('a hybrid study', () => {
  const a = smallStudy()
  it('of nothing of B is A, and of everything of B is B', () => {
    expect(hybridStudy(a, other, new Set())).toEqual(a)
    expect(hybridStudy(a, other, new Set(['study', 'data', 'seeds', 'cluster']))).toEqual(other)
  })

  it.each([
    ['study', { ...a, training: other.training }],
    ['seeds', { ...a, seeds: other.seeds }],
    ['data', { ...a, workload: other.workload }],
  ] satisfies [SwappableInput, Study][])('with %s of B is A but for that', (input, hybrid) => {
    expect(hybridStudy(a, other, new Set([input]))).toEqual(hybrid)
  })
})
