import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { parseFile } from '../../study/load.ts'
import type { StatedLinks } from '../interconnect.ts'
import { type ClusterSpec, clusterSpecSchema, type Statements, statementsSchema, UNKNOWN } from './schema.ts'

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

/** What a study names as its cluster: a whole spec, or statements alone. */
export interface StatedCluster {
  readonly file: string
  readonly text: string
  readonly spec: ClusterSpec | Statements
}

/** @throws {ReducibleError} as `loadClusterSpec`. */
export function loadStatedCluster(file: string): StatedCluster {
  const isWhole = 'specVersion' in parseFile(file, z.looseObject({}))
  const spec = isWhole ? loadClusterSpec(file) : loadStatements(file)
  return { file, text: readFileSync(file, 'utf8'), spec }
}

/** What every link of a cluster is meant to be; what is unknown is left out. */
export function statedLinksOf({ interconnect }: Pick<Statements, 'interconnect'>): StatedLinks {
  const { bandwidthBytesPerSecond = UNKNOWN, latencyNs = UNKNOWN } = interconnect?.stated ?? {}
  return {
    ...(bandwidthBytesPerSecond !== UNKNOWN && { bandwidthBytesPerSecond }),
    ...(latencyNs !== UNKNOWN && { latencyNs }),
  }
}
