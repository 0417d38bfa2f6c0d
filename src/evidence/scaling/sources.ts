import { isArmArrivalOrdered } from '../../record/compose-manifest.ts'
import type { LocalCluster } from '../../record/host.ts'
import { interconnectText } from '../../record/interconnect.ts'
import type { TrialRecord } from '../../record/trial-record.ts'
import type { InjectionSource } from '../../study/injection.ts'
import type { Study } from '../../study/schema.ts'
import type { SourceName } from '../diagnose/finding.ts'

/** One of the five sources of variation, and what a study did about it. @source requirements, row A25. */
export interface VariationSource {
  readonly source: SourceName
  readonly standing: 'controlled' | 'only reported'
  readonly why: string
}

/** How a scaling run stands to each of the five sources. */
export function variationSources(
  study: Study,
  cluster: LocalCluster,
  trials: readonly TrialRecord[],
): VariationSource[] {
  const arriving = study.arms.filter(isArmArrivalOrdered).map(({ name }) => name)
  const adapters = new Set(trials.flatMap(({ adapterByNode }) => adapterByNode))
  const hosts = new Set((cluster.nodes ?? [cluster.host]).map(({ cpuModel, cores }) => `${cpuModel}, ${cores} cores`))
  const links = interconnectText(cluster.interconnect)
  const waits = known(trials.map(({ coreWait }) => coreWait))
  const busy = known(trials.map(({ coresBusy }) => coresBusy))
  const unlike = adapters.size > 1 || hosts.size > 1
  const injected = new Set<SourceName>((study.inject ?? []).map((injection) => INJECTED[injection.source]))
  const standings: VariationSource[] = [
    arriving.length === 0
      ? source('arrival order', 'controlled', 'every sum is added in a planned order, and its certificate was checked')
      : source('arrival order', 'only reported', `${arriving.join(', ')} add as sums arrive; the order is recorded`),
    study.launch === 'netns'
      ? source('network', 'controlled', `every link is shaped, and they were measured before the first step (${links})`)
      : source('network', 'only reported', `nothing holds the links to a rate (${links})`),
    source(
      'another tenant',
      'only reported',
      `arms take turns, so that drift touches all alike; cores were busy ${range(busy)} of the time, and the thread that waited most had none for ${range(waits)}`,
    ),
    source('node count', 'controlled', 'a trial that loses a node fails; no arm grows or shrinks'),
    unlike
      ? source(
          'unlike hardware',
          'only reported',
          `nodes differ: ${[...hosts, ...adapters].filter(Boolean).join('; ')}`,
        )
      : source('unlike hardware', 'controlled', 'every node has the same processor and adapter'),
  ]
  return standings.map((standing) =>
    injected.has(standing.source)
      ? source(standing.source, 'only reported', 'the study brings it in itself (inject)')
      : standing,
  )
}

/** What an injection is called here. */
const INJECTED: Readonly<Record<InjectionSource, SourceName>> = {
  'arrival-order': 'arrival order',
  network: 'network',
  tenant: 'another tenant',
  'node-count': 'node count',
  'unlike-hardware': 'unlike hardware',
}

function source(name: VariationSource['source'], standing: VariationSource['standing'], why: string): VariationSource {
  return { source: name, standing, why }
}

function known(shares: readonly (number | null | undefined)[]): number[] {
  return shares.filter((share) => typeof share === 'number')
}

function range(shares: readonly number[]): string {
  if (shares.length === 0) return 'an unknown share'
  const [least, greatest] = [Math.min(...shares), Math.max(...shares)].map((share) => Math.round(100 * share))
  return least === greatest ? `${least} %` : `${least} to ${greatest} %`
}
