import { sha256 } from '../core/digest.ts'
import type { Arm, Study } from './schema.ts'

/** Names what a noise floor is of: trainings that differ in nothing but the order of addition, and their seeds. */
export function trainingDigest(
  { workload, training }: Pick<Study, 'workload' | 'training'>,
  arithmetic: Arm['arithmetic'],
): string {
  const sorted = (keys: object): [string, unknown][] => Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1))
  return sha256(JSON.stringify([sorted(workload), sorted(training), arithmetic]))
}
