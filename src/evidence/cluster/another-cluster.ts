import { type ClusterSpec, type Statements, UNKNOWN } from '../../record/cluster-spec/schema.ts'
import { compareSpecs, type FieldDifference } from './compare.ts'

/** Said of every run by itself, or measured in another way: they make no other cluster. */
const OF_A_RUN = [
  'interconnect.links',
  'interconnect.method',
  'nodes.*.framework',
  'nodes.*.settings.other',
  'nodes.*.software.lockfileSha256',
  'nodes.*.software.sourceSha256',
]

/** Where the cluster that was found is not the stated one, as far as both are known and an answer or a speed hangs on it. */
export function foundDifferences(stated: ClusterSpec | Statements, found: ClusterSpec): FieldDifference[] {
  return compareSpecs(stated, found).filter(
    (difference) =>
      difference.threatens !== 'neither' &&
      isKnown(difference.a) &&
      isKnown(difference.b) &&
      !OF_A_RUN.some((path) => difference.path === path || difference.path.startsWith(`${path}.`)) &&
      !isPart(difference),
  )
}

function isKnown(value: string | null): value is string {
  return value !== null && !value.split(' · ').includes(UNKNOWN)
}

/** A run may leave nodes of a cluster idle. */
function isPart({ path, a, b }: FieldDifference): boolean {
  return path === 'number_of_nodes' && Number(b) < Number(a)
}
