import { messageOf, ReducibleError } from '../core/errors.ts'
import { check } from './load.ts'
import { type Study, studySchema } from './schema.ts'

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
 * The study with overrides applied. An override of an arm's key replaces it in every arm; arms that become equal but
 * for their names are dropped, the first of them kept.
 * @throws {ReducibleError} usage naming the flag.
 */
export function applyOverrides(study: Study, overrides: Overrides): Study {
  const { nodes, algorithm, arithmetic, transport, seeds, steps, ...whole } = definedOnly(overrides)
  const ofArms = { ...(nodes && { nodes: Number(nodes) }), ...definedOnly({ algorithm, arithmetic, transport }) }
  const arms = study.arms.map((arm) => ({ ...arm, ...ofArms }))
  const changed = {
    ...study,
    ...whole,
    arms: arms.filter((arm, i) => arms.findIndex((other) => sameArm(arm, other)) === i),
    training: { ...study.training, ...(steps && { steps: Number(steps) }) },
    seeds: seeds ? parseSeeds(seeds) : study.seeds,
  }
  try {
    return check(changed, studySchema, () => 'command line')
  } catch (thrown) {
    throw new ReducibleError('usage', messageOf(thrown), { cause: thrown })
  }
}

/** `0-4,7` as study items. */
function parseSeeds(text: string): (number | string)[] {
  return text.split(',').map((item) => (/^\d+$/.test(item.trim()) ? Number(item) : item.trim()))
}

function sameArm(a: { name: string }, b: { name: string }): boolean {
  return JSON.stringify({ ...a, name: '' }) === JSON.stringify({ ...b, name: '' })
}

function definedOnly<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<T>
}
