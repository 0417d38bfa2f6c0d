import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { projectRoot } from '../../../src/core/paths.ts'
import type { ClusterSpec } from '../../../src/record/cluster-spec/schema.ts'

/** A spec that a test may change. */
export type Draft = { -readonly [K in keyof ClusterSpec]: MutableDeep<ClusterSpec[K]> }

type MutableDeep<T> = T extends readonly (infer E)[]
  ? MutableDeep<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: MutableDeep<T[K]> }
    : T

export const FAST = join(projectRoot, 'test/fixtures/cluster/fast-fabric.yaml')
export const SLOW = join(projectRoot, 'test/fixtures/cluster/commodity-ethernet.yaml')

/** The spec of two nodes on a fast fabric, each on its own host, changed. */
export function fastFabric(change: (draft: Draft) => unknown = () => {}): ClusterSpec {
  const draft = parse(readFileSync(FAST, 'utf8')) as Draft
  change(draft)
  return draft as ClusterSpec
}

/** The same for commodity ethernet. */
export function commodityEthernet(): ClusterSpec {
  return parse(readFileSync(SLOW, 'utf8')) as ClusterSpec
}
