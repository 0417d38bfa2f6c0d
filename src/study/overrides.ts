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
  readonly repeats?: string
  /** `strong`: one batch; `weak`: the training's batch for each rank. */
  readonly mode?: string
}

/**
 * The study with overrides applied. An override of an arm's key replaces it in every arm and names the arms anew after
 * what they are; arms that become equal are dropped. A list of node counts or algorithms makes an arm of each.
 * @throws {ReducibleError} usage naming the flag.
 */
export function applyOverrides(study: Study, overrides: Overrides): Study {
  const { nodes, algorithm, arithmetic, transport, seeds, steps, repeats, mode, ...whole } = definedOnly(overrides)
  const ofArms = definedOnly({ nodes, algorithm, arithmetic, transport })
  const isNamedAnew = Object.keys(ofArms).length > 0
  const arms = study.arms.flatMap((arm) => expandArm({ ...arm, ...definedOnly({ arithmetic, transport }) }, overrides))
  const changed = checkFlags({
    ...study,
    ...whole,
    ...(repeats !== undefined && { repeats: asNumber(repeats) }),
    arms: arms.map((arm, i) => ({
      ...withBatch(arm, mode, study.training.batch),
      ...(isNamedAnew && { name: `arm-${i}` }),
    })),
    training: { ...study.training, ...(steps !== undefined && { steps: asNumber(steps) }) },
    seeds: seeds === undefined ? study.seeds : parseSeeds(seeds),
  })
  if (!isNamedAnew) return changed
  const named = changed.arms.map((arm) => ({ ...arm, name: armName(arm) }))
  return { ...changed, arms: named.filter(({ name }, i) => named.findIndex((other) => other.name === name) === i) }
}

/** An arm of what the schema has still to check. */
type AskedArm = Omit<Arm, 'nodes' | 'arithmetic' | 'transport'> & Record<'nodes' | 'arithmetic' | 'transport', unknown>

/** An arm for each node count and algorithm asked for; one rank reduces nothing, so one algorithm is enough for it. */
function expandArm(arm: AskedArm, { nodes, algorithm }: Overrides): AskedArm[] {
  const counts = nodes?.split(',').map(asNumber) ?? [arm.nodes]
  const algorithms = algorithm?.split(',').map((name) => name.trim()) ?? [arm.algorithm]
  return counts.flatMap((count) => {
    const several = count !== 1 || arm.ranksPerNode !== 1
    return (several ? algorithms : algorithms.slice(0, 1)).map((name) => ({ ...arm, nodes: count, algorithm: name }))
  })
}

/** @throws {ReducibleError} usage: no such mode, or one that wants rows a rank. */
function withBatch(arm: AskedArm, mode: string | undefined, batch: Study['training']['batch']): AskedArm {
  if (mode === undefined) return arm
  const { batch: _, ...ofTraining } = arm
  if (mode === 'strong') return ofTraining
  if (mode !== 'weak') throw new ReducibleError('usage', `--mode must be strong or weak (got '${mode}')`)
  if (batch === 'full') {
    throw new ReducibleError('usage', '--mode weak keeps the batch of a rank, and training.batch is full', {
      remedy: 'give the study a training.batch of so many rows a rank',
    })
  }
  return { ...ofTraining, batch: batch * Number(arm.nodes) * arm.ranksPerNode }
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
export function armName({
  nodes,
  ranksPerNode,
  batch,
  algorithm,
  arithmetic,
  transport,
  buckets,
  dealing,
}: Arm): string {
  const ranks = ranksPerNode === 1 ? '' : `-of-${ranksPerNode}-ranks`
  const parts = [`${nodes}-node${nodes === 1 ? '' : 's'}${ranks}`, algorithm, arithmetic, transport]
  if (batch !== undefined) parts.push(`batch-${batch}`)
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
