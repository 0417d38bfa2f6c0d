import { z } from 'zod'
import { parseFile } from './load.ts'

const stated = z
  .union([z.number().positive(), z.literal('unknown')], 'must be a number above 0, or unknown')
  .optional()
  .transform((value) => (value === 'unknown' ? undefined : value))

/** The part of a cluster spec that says what every link is meant to be; whatever else a spec holds is not looked at. */
const specSchema = z.object({
  interconnect: z.object({ stated: z.object({ bandwidthBytesPerSecond: stated, latencyNs: stated }) }),
})

/** What every link between two nodes is meant to be. */
export interface StatedLinks {
  /** One direction. */
  readonly bandwidthBytesPerSecond?: number
  /** One way. */
  readonly latencyNs?: number
}

/** Reads the stated values of a cluster spec. @throws {ReducibleError} as `loadStudy`. */
export function loadStatedLinks(file: string): StatedLinks {
  const { bandwidthBytesPerSecond, latencyNs } = parseFile(file, specSchema).interconnect.stated
  return {
    ...(bandwidthBytesPerSecond !== undefined && { bandwidthBytesPerSecond }),
    ...(latencyNs !== undefined && { latencyNs }),
  }
}
