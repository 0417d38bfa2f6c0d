import type { ClusterLinks } from '../simulate/cluster-links.ts'
import type { Conditions } from '../simulate/conditions.ts'
import type { SimulatedArm } from '../simulate/simulate-study.ts'
import type { WrittenPredictions } from '../simulate/simulation-folder.ts'
import type { Compute } from '../simulate/step-work.ts'
import type { Study } from '../study/schema.ts'
import { formatTable, wrap } from './table.ts'

interface Setting {
  readonly specFile: string
  readonly links: ClusterLinks
  readonly conditions: Conditions
  readonly compute: Compute
  readonly predictions: WrittenPredictions
  /** Of the times, in words. */
  readonly spread: string
}

/** What a simulation came to, with what it leaves out. */
export function simulationText(study: Study, arms: readonly SimulatedArm[], setting: Setting): string {
  const { predictions } = setting
  const header = ['n', 'algorithm', 'step(ms)', 'all-reduce(ms)', 'busbw(GB/s)', 'speedup', 'SHA-256']
  const align = header.map((_, column) => (column === 1 || column === 6 ? 'left' : 'right'))
  return [
    wrap(study.purpose),
    wrap(`SIMULATED: nothing here was measured. ${clusterText(arms, setting)}`, '  '),
    '',
    formatTable(header, arms.map(row), align as ('left' | 'right')[]),
    '',
    ...notes(arms, setting).map((line) => wrap(line, '  ')),
    wrap(`${predictions.file} SHA-256 ${predictions.sha256.slice(0, 16)}: written before anything real`, '  '),
  ].join('\n')
}

function row({
  nodes,
  algorithm,
  arithmetic,
  stepNs,
  allReduceNs,
  busbwBytesPerSecond,
  speedup,
  trials,
  method,
}: SimulatedArm): string[] {
  const mark = method === 'closed-form' ? '*' : ''
  return [
    `${nodes}${mark}`,
    arithmetic === 'f32' ? algorithm : `${algorithm}, ${arithmetic}`,
    milliseconds(stepNs),
    milliseconds(allReduceNs),
    busbwBytesPerSecond === null ? '–' : Number((busbwBytesPerSecond / 1e9).toPrecision(3)).toString(),
    speedup === null ? '–' : `${speedup.toFixed(2)}×`,
    trials[0]?.weightsSha256?.slice(0, 12) ?? '–',
  ]
}

function milliseconds(nanoseconds: number): string {
  return Number((nanoseconds / 1e6).toPrecision(4)).toString()
}

function clusterText(arms: readonly SimulatedArm[], { specFile, links, conditions }: Setting): string {
  const { topology, segmentBytes, jitterNs, seed, backgroundShare, stragglers, unrest } = conditions
  const most = Math.max(...arms.map(({ nodes }) => nodes))
  const extended = most > links.specNodes ? `, extended to ${most} by the medians of its links` : ''
  return [
    `cluster: ${specFile}, ${links.specNodes} nodes${extended}; ${topology}, segments of ${segmentBytes} bytes`,
    ...(links.addingIsKnown ? [] : ['adding not modelled: no node says its rate']),
    ...(jitterNs > 0 ? [`jitter ${jitterNs / 1000} µs, seed ${seed}`] : []),
    ...(backgroundShare > 0 ? [`other traffic takes ${backgroundShare * 100} % of every link`] : []),
    ...stragglers.map(({ node, factor }) => `node ${node} ${factor} times as slow`),
    ...(unrest > 0 ? [`gradients ${Number((100 * unrest).toPrecision(3))} % late, seed ${seed}`] : []),
  ].join('; ')
}

function notes(arms: readonly SimulatedArm[], { compute, spread }: Setting): string[] {
  const [fewest] = arms.toSorted((a, b) => a.nodes - b.nodes)
  const has = (test: (arm: SimulatedArm) => boolean): boolean => arms.some(test)
  return [
    compute.text,
    `speedup: over ${fewest.name}, ${milliseconds(fewest.stepNs)} ms a step; spread ${spread}`,
    ...(has(({ method }) => method === 'closed-form')
      ? ['*: closed form of a ring whose rounds are all alike, more than 1e8 moves']
      : []),
    ...(has(({ rows }) => rows === 'equal parts')
      ? ['more nodes than rows of the batch: it is taken to divide all the same']
      : []),
    ...(has(({ values, arithmetic }) => values === 'not carried' && arithmetic === 'exact')
      ? ['exact without values: elements are taken as wide as they can come to be']
      : []),
  ]
}
