import { canonicalJson, sha256OfJson } from '../core/canonical-json.ts'
import { sha256 } from '../core/digest.ts'
import type { HostRecord, LocalCluster } from './host.ts'
import type { Inputs, Manifest } from './manifest-schema.ts'

/**
 * The five inputs of a result, a digest each and one of all: equal on two machines whose inputs are. What differs between
 * equal machines stays out: names of hosts, and what was measured.
 */
export function inputsOf(
  { code, study, environment, data, rowMaps, seeds }: Omit<Manifest, 'inputs'>,
  cluster: LocalCluster,
): Inputs {
  const { sourceDigest } = code
  const five = {
    code: sha256OfJson({ sourceDigest, study: study.sha256 }),
    environment: sha256OfJson(environment),
    data: sha256OfJson({ data, rowMaps }),
    seeds: sha256OfJson(seeds),
    cluster: sha256OfJson(identityOf(cluster)),
  }
  return { ...five, digest: sha256(canonicalJson(five)) }
}

/** What a cluster is: without names of hosts, who placed its nodes, what they cost and what was measured. */
export function identityOf({
  host,
  nodes,
  placement: _,
  pricePerHour: __,
  interconnect,
  ...rest
}: LocalCluster): object {
  const machines = nodes && { nodes: nodes.map(machineOf) }
  const stated = 'stated' in interconnect && { stated: interconnect.stated }
  return { ...rest, host: machineOf(host), ...machines, fabric: interconnect.fabric, ...stated }
}

function machineOf({ hostname: _, ...machine }: HostRecord): object {
  return machine
}
