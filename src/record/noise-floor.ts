import { globSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Claim } from '../study/schema.ts'
import { readJson } from './files.ts'
import type { Manifest } from './manifest-schema.ts'

/** noise-floor.json: the difference of a final metric that the order of addition alone makes. */
export interface NoiseFloor {
  readonly schemaVersion: 1
  readonly metric: Claim['metric']
  /** A quantile of |difference| between two of the orders, its interval from disjoint pairs, and max − min. */
  readonly value: number
  readonly quantile: number
  readonly interval: readonly [number | null, number | null]
  readonly range: number
  /** The least difference that the metric can show: one test image, or the f32 spacing of the loss. */
  readonly resolution: number
  readonly multiple: number
  /** max(multiple · value, resolution): a difference beyond it is real. */
  readonly limit: number
  /** How often two of these orders would differ by more than `multiple` floors, were the metric normal. */
  readonly falseAlarmRate: number
  readonly orders: number
  readonly algorithms: readonly string[]
  readonly nodes: number
  readonly arithmetic: string
  readonly seed: number
  /** Of workload, training and arithmetic. */
  readonly trainingDigest: string
}

/** A noise floor, and the run that measured it. */
export interface FoundNoiseFloor extends NoiseFloor {
  readonly run: string
}

/** The floor that the newest finished run under `out` measured for such a training; null where none did. @throws {ReducibleError} invalid-run. */
export function findNoiseFloor(out: string, trainingDigest: string): FoundNoiseFloor | null {
  const found = globSync('runs/*/*/noise-floor.json', { cwd: out }).flatMap((file) => {
    const run = dirname(join(resolve(out), file))
    const floor = readJson(join(run, 'noise-floor.json')) as NoiseFloor
    if (floor.trainingDigest !== trainingDigest) return []
    const { status, endedAt } = readJson(join(run, 'manifest.json')) as Pick<Manifest, 'status' | 'endedAt'>
    return status === 'done' ? [{ ...floor, run, endedAt: endedAt ?? '' }] : []
  })
  const newest = found.reduce<(typeof found)[number] | null>(
    (best, one) => (best === null || one.endedAt > best.endedAt ? one : best),
    null,
  )
  if (newest === null) return null
  const { endedAt: _, ...floor } = newest
  return floor
}
