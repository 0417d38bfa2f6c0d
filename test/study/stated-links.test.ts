// Goal: what a cluster spec states of links is read whatever else it holds, and a rate that no link can have is refused at its
// line. Left out: the rest of a spec.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadStudy } from '../../src/study/load.ts'
import { loadStatedLinks } from '../../src/study/stated-links.ts'
import { Scratch } from '../end-to-end/reducible.ts'

function statedIn(yaml: string): ReturnType<typeof loadStatedLinks> {
  using scratch = new Scratch()
  const file = join(scratch.path, 'spec.yaml')
  writeFileSync(file, yaml)
  return loadStatedLinks(file)
}

it('reads the values, and takes unknown ones as not stated', () => {
  expect(
    statedIn('name: x\ninterconnect: { fabric: y, stated: { bandwidthBytesPerSecond: 125e6, latencyNs: 50000 } }'),
  ).toEqual({ bandwidthBytesPerSecond: 125e6, latencyNs: 50_000 })
  const stated = '{ bandwidthBytesPerSecond: 1, latencyNs: unknown, mtuBytes: 1500 }'
  expect(statedIn(`interconnect: { stated: ${stated} }`)).toEqual({ bandwidthBytesPerSecond: 1 })
})

it.each([
  ['0', 'Too small'],
  ['-1', 'Too small'],
  ['fast', 'must be a number above 0, or unknown'],
])('a rate of %s is refused at its line: %s', (rate, problem) => {
  const yaml = `interconnect:\n  stated:\n    bandwidthBytesPerSecond: ${rate}\n`
  expect(() => statedIn(yaml)).toThrow(`spec.yaml:3: interconnect.stated.bandwidthBytesPerSecond: ${problem}`)
})

it('a spec without stated links is refused', () => {
  expect(() => statedIn('interconnect: {}')).toThrow('interconnect.stated')
})

it('a study names its spec from its own folder', () => {
  const { study } = loadStudy('configs/mnist-netns.yaml')
  expect(study).toMatchObject({ launch: 'netns', cluster: 'cluster/specs/switch-100mbit.yaml' })
  expect(loadStatedLinks(study.cluster)).toEqual({ bandwidthBytesPerSecond: 12_500_000 })
})
