import { messageOf, ReducibleError } from '../core/errors.ts'
import { check } from './load.ts'
import { type Arm, type Study, studySchema } from './schema.ts'

/** Flags of `run` and `reproduce` that replace a key in every arm or in the study. */
export interface Overrides {
  readonly nodes?: string
  readonly algorithm?: string
  readonly arithmetic?: string
  readonly transport?: string
  readonly adapter?: string
  readonly cluster?: string
  readonly launch?: string
  readonly seeds?: string
  readonly steps?: string
}

/**
 * The study with overrides applied. An override of an arm's key replaces it in every arm and names the arms anew after
 * what they are; arms that become equal are dropped.
 * @throws {ReducibleError} usage naming the flag.
 */
export function applyOverrides(study: Study, overrides: Overrides): Study {
  const { nodes, algorithm, arithmetic, transport, seeds, steps, ...whole } = definedOnly(overrides)
  const ofArms = {
    ...(nodes !== undefined && { nodes: asNumber(nodes) }),
    ...definedOnly({ algorithm, arithmetic, transport }),
  }
  const changed = checkFlags({
    ...study,
    ...whole,
    arms: study.arms.map((arm) => ({ ...arm, ...ofArms })),
    training: { ...study.training, ...(steps !== undefined && { steps: asNumber(steps) }) },
    seeds: seeds === undefined ? study.seeds : parseSeeds(seeds),
  })
  if (Object.keys(ofArms).length === 0) return changed
  const arms = changed.arms.map((arm) => ({ ...arm, name: armName(arm) }))
  return { ...changed, arms: arms.filter(({ name }, i) => arms.findIndex((other) => other.name === name) === i) }
}

function checkFlags(changed: unknown): Study {
  try {
    return check(changed, studySchema, () => 'command line')
  } catch (thrown) {
    const flag = messageOf(thrown).replace(/^command line: (?:arms\.\d+\.|training\.)?(\w+)(?:\.\d+)?:/, '--$1:')
    throw new ReducibleError('usage', flag, { cause: thrown })
  }
}

/** A number where the text is one; else the text, for the schema to refuse by its words. */
function asNumber(text: string): number | string {
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
}

/** `0-4,7` as study items. */
function parseSeeds(text: string): (number | string)[] {
  return text.split(',').map((item) => (/^\d+$/.test(item.trim()) ? Number(item) : item.trim()))
}

/** `4-nodes-ring`: every key of an arm that can differ. */
export function armName({ nodes, ranksPerNode, algorithm, arithmetic, transport, buckets, dealing }: Arm): string {
  const ranks = ranksPerNode === 1 ? '' : `-of-${ranksPerNode}-ranks`
  const parts = [`${nodes}-node${nodes === 1 ? '' : 's'}${ranks}`, algorithm, arithmetic, transport]
  if (buckets === 'whole') parts.push('unbucketed')
  if (dealing !== 'contiguous') parts.push(`${dealing}-dealing`)
  return parts
    .filter((part) => part !== 'f32' && part !== 'grpc')
    .join('-')
    .replace(/[^a-z0-9.-]+/gi, '-') // it becomes a file name
}

function definedOnly<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<T>
}
