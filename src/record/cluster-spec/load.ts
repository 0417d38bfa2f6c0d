import { parseFile } from '../../study/load.ts'
import { type ClusterSpec, clusterSpecSchema, type Statements, statementsSchema } from './schema.ts'

/**
 * Reads a cluster spec.
 * @throws {ReducibleError} invalid-study naming file, line, key and the nearest known key: something is missing, unknown, or
 * contradicts something else.
 */
export function loadClusterSpec(file: string): ClusterSpec {
  return parseFile(file, clusterSpecSchema)
}

/** Reads what people state of a cluster, by the keys that it has in a spec. @throws {ReducibleError} as `loadClusterSpec`. */
export function loadStatements(file: string): Statements {
  return parseFile(file, statementsSchema)
}
