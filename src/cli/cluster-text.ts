import { median } from 'simple-statistics'
import { foundDifferences } from '../evidence/cluster/another-cluster.ts'
import type { FieldDifference } from '../evidence/cluster/compare.ts'
import type { Threat } from '../evidence/cluster/field-rules.ts'
import { type StatedGap, statedGaps } from '../evidence/cluster/stated-gaps.ts'
import type { StatedCluster } from '../record/cluster-spec/load.ts'
import { type ClusterSpec, type SpecNode, UNKNOWN } from '../record/cluster-spec/schema.ts'
import { wrap } from './table.ts'

/** Nodes that are alike on one line. */
export function specLines({ nodes, simulated, system_name }: ClusterSpec): string[] {
  const alike = Map.groupBy(nodes, nodeText)
  const lines = [...alike].map(([text, same]) => wrap(`${same.length} × ${text}`, '  '))
  const name = system_name === UNKNOWN ? [] : [`${system_name}${simulated ? ' (simulated)' : ''}`]
  const hosts = new Set(nodes.map(({ host }) => host)).size
  return [
    ...name,
    ...lines,
    `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'} on ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`,
  ]
}

function nodeText(node: SpecNode): string {
  const { adapter, processor, devices } = node
  const accelerators =
    devices.length === 0 ? 'no hardware accelerator' : `${devices.length} × ${node.accelerator_model_name}`
  return [
    `${node.host_processor_model_name}, ${processor.usableCores} cores, ${node.host_memory_capacity}`,
    accelerators,
    adapter === null ? 'no adapter' : `${adapter.name}${adapter.software ? ' (SOFTWARE adapter)' : ''}`,
    `${node.operating_system}, Node ${node.software.node}`,
  ].join('; ')
}

/** The medians over the measured links, and the largest clock offset. */
export function linkLines({ interconnect }: ClusterSpec): string[] {
  const measured = interconnect.links.flatMap(({ measured }) => (measured === UNKNOWN ? [] : [measured]))
  if (measured.length === 0) return []
  const bandwidth = median(measured.map(({ bandwidthBytesPerSecond }) => bandwidthBytesPerSecond)) / 1e9
  const latency = median(measured.map(({ latencyNsP50 }) => latencyNsP50)) / 1000
  const links = `${measured.length} ${interconnect.fabric} ${measured.length === 1 ? 'link' : 'links'}`
  const figures = `${bandwidth.toPrecision(2)} GB/s, ${Math.round(latency)} µs (median, one pair at a time)`
  return [wrap(`${links}: ${figures}${clocksText(measured)}`, '  ')]
}

function clocksText(measured: readonly { clockOffsetNs: Figure; clockOffsetErrorNs: Figure }[]): string {
  const known = measured.flatMap(({ clockOffsetNs: offset, clockOffsetErrorNs: error }) =>
    offset === UNKNOWN || error === UNKNOWN ? [] : [{ offset, error }],
  )
  if (known.length === 0) return ''
  const { offset, error } = known.toSorted((a, b) => Math.abs(b.offset) - Math.abs(a.offset))[0]
  return `; clocks at most ${micros(offset)} ± ${micros(error)} µs apart`
}

type Figure = number | typeof UNKNOWN

function micros(nanoseconds: number): string {
  return (nanoseconds / 1000).toFixed(0)
}

/** What a run's cluster is held against. */
export interface StatedOutcome {
  readonly file: string
  readonly differences: readonly FieldDifference[]
  /** Of its links, as the run measured them. */
  readonly gaps: readonly StatedGap[]
}

/** Null where the study names no spec. */
export function statedOutcome(stated: StatedCluster | null, found: ClusterSpec): StatedOutcome | null {
  return stated && { file: stated.file, differences: foundDifferences(stated.spec, found), gaps: statedGaps(found) }
}

/** Whether a run's cluster is the one its study names. */
export function statedLines(outcome: StatedOutcome | null): string[] {
  if (outcome === null) return []
  const { file, differences, gaps } = outcome
  if (differences.length === 0) return [wrap(`as ${file} states it`, '  '), ...gapLines(gaps)]
  const ofThreat = (threats: readonly Threat[], what: string): string[] => {
    const paths = differences.filter(({ threatens }) => threats.includes(threatens)).map(({ path }) => path)
    return paths.length === 0 ? [] : [`${paths.length} that threaten ${what} (${paths.join(', ')})`]
  }
  const kinds = [
    ...ofThreat(['both'], 'answer and speed'),
    ...ofThreat(['numeric'], 'the answer'),
    ...ofThreat(['performance'], 'the speed'),
  ]
  return [wrap(`ANOTHER cluster than ${file} states: differences ${kinds.join(', ')}`, '  '), ...gapLines(gaps)]
}

/** Where measured values are not the stated ones. */
export function gapLines(gaps: readonly StatedGap[]): string[] {
  return gaps.map(({ path, what, stated, measured, share }) =>
    wrap(
      `GAP ${path}: measured ${what} is ${Math.abs(share * 100).toFixed(0)} % ${share > 0 ? 'above' : 'below'} the ` +
        `stated one (${figure(what, measured)}, stated ${figure(what, stated)})`,
      '  ',
    ),
  )
}

function figure(what: StatedGap['what'], value: number): string {
  switch (what) {
    case 'bandwidth':
      return `${(value / 1e9).toPrecision(3)} GB/s`
    case 'latency':
      return `${(value / 1000).toPrecision(3)} µs`
    case 'MTU':
      return `${value} bytes`
  }
}
