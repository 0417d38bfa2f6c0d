/** Every leaf of a record, as its JSON Schema has it, changed in every way that somebody might. */
export interface Mutant {
  /** Keys to the leaf. */
  readonly keys: readonly string[]
  readonly change: Change
  /** The whole record with this one leaf changed. */
  readonly record: unknown
}

/** `plausible`: another value that the schema allows. */
export type Change = 'deleted' | 'null' | 'wrong type' | 'plausible'

/** The parts of JSON Schema that zod writes. */
export interface JsonSchema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | false
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
}

/** Every mutant of a record. */
export function mutantsOf(schema: JsonSchema, record: unknown): Mutant[] {
  return leavesOf(schema, record).flatMap(({ keys, value, schemas }) => {
    const changed: [Change, unknown][] = [['deleted', DELETED]]
    if (value !== null) changed.push(['null', null])
    changed.push(['wrong type', ofWrongType(value)])
    const plausible = otherValue(schemas, value)
    if (plausible !== undefined) changed.push(['plausible', plausible])
    return changed.map(([change, other]) => ({ keys, change, record: withLeaf(record, keys, other) }))
  })
}

interface Leaf {
  readonly keys: readonly string[]
  readonly value: unknown
  /** What the schema allows there. */
  readonly schemas: readonly JsonSchema[]
}

function leavesOf(schema: JsonSchema, value: unknown, keys: readonly string[] = []): Leaf[] {
  const schemas = alternatives(schema)
  const leaf = [{ keys, value, schemas }]
  if (Array.isArray(value)) {
    const array = schemas.find(({ type }) => type === 'array')
    const inside = value.flatMap((item, index) =>
      leavesOf(array?.prefixItems?.[index] ?? array?.items ?? {}, item, [...keys, String(index)]),
    )
    return value.length === 0 ? leaf : inside
  }
  if (typeof value !== 'object' || value === null) return leaf
  const entries = Object.entries(value)
  const fitting = schemas.filter(({ type }) => type === 'object')
  const propertyOf = (key: string): JsonSchema => {
    const known = fitting.flatMap(
      ({ properties, additionalProperties }) => properties?.[key] || additionalProperties || [],
    )
    return known.length === 1 ? known[0] : { anyOf: known }
  }
  return entries.length === 0 ? leaf : entries.flatMap(([key, item]) => leavesOf(propertyOf(key), item, [...keys, key]))
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf?.flatMap(alternatives) ?? [schema]
}

const DELETED = Symbol('deleted')

function withLeaf(record: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(record)) {
    const at = Number(key)
    const inside = withLeaf(record[at], rest, value)
    return inside === DELETED ? record.toSpliced(at, 1) : record.with(at, inside)
  }
  const { [key]: old, ...others } = record as Record<string, unknown>
  const inside = withLeaf(old, rest, value)
  return inside === DELETED ? others : { ...(record as object), [key]: inside }
}

function ofWrongType(value: unknown): unknown {
  if (typeof value === 'string') return 12_345
  if (typeof value === 'object') return true
  return String(value)
}

/** Another value that the schema allows; undefined where it allows no other. */
function otherValue(schemas: readonly JsonSchema[], value: unknown): unknown {
  const constants = schemas.flatMap((schema) => schema.enum ?? ('const' in schema ? [schema.const] : []))
  if (constants.includes(value as never)) return constants.find((other) => other !== value)
  const [first] = schemas.filter(({ type }) => type !== 'null')
  if (value === null) return first && sampleOf(first)
  if (Array.isArray(value)) return first?.items ? [sampleOf(first.items)] : undefined
  switch (typeof value) {
    case 'string':
      return otherText(value)
    case 'number':
      return otherNumber(value, schemas.find(({ type }) => type === 'number' || type === 'integer') ?? {})
    case 'boolean':
      return !value
    default: {
      const entry = first?.additionalProperties
      return entry ? { added: sampleOf(entry) } : undefined
    }
  }
}

function otherText(text: string): string {
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return new Date(Date.parse(text) + 1000).toISOString()
  if (/^(sha256:)?[0-9a-f]{32,}$/.test(text)) return text.slice(0, -1) + (text.endsWith('0') ? '1' : '0')
  return text.includes(' ') ? text.replace(/\S+$/, 'otherwise') : `${text}2`
}

function otherNumber(value: number, { type, maximum = Number.POSITIVE_INFINITY }: JsonSchema): number {
  const moved = value === 0 ? (type === 'integer' ? 1 : 0.01) : value * 1.01
  const within = moved > maximum ? value * 0.99 : moved
  if (type !== 'integer') return within
  return Math.round(within) === value ? value + 1 : Math.round(within)
}

/** Some value of a schema. */
function sampleOf(schema: JsonSchema): unknown {
  const [first] = alternatives(schema)
  if (first.enum) return first.enum[0]
  if ('const' in first) return first.const
  switch (first.type) {
    case 'object':
      return Object.fromEntries(Object.entries(first.properties ?? {}).map(([key, inside]) => [key, sampleOf(inside)]))
    case 'array':
      return (first.prefixItems ?? []).map(sampleOf)
    case 'boolean':
      return true
    case 'null':
      return null
    case 'string':
      return sampleText(first)
    default:
      return Math.max(first.minimum ?? 0, (first.exclusiveMinimum ?? 0) + 1)
  }
}

function sampleText({ format, pattern = '' }: JsonSchema): string {
  if (format === 'date-time') return new Date(0).toISOString()
  if (pattern.includes('[0-9a-f]'))
    return `${pattern.includes('sha256:') ? 'sha256:' : ''}${'0123456789abcdef'.repeat(4)}`
  return 'something'
}
