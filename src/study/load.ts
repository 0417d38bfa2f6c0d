import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { type Document, isMap, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { messageOf, ReducibleError } from '../core/errors.ts'
import { type PublishedClaim, publishedClaimSchema } from './published-claim-schema.ts'
import { type AnyClaim, anyClaimSchema, type Claim, claimSchema, type Study, studySchema } from './schema.ts'
import { type SpreadStudy, spreadStudySchema } from './spread-schema.ts'

/** A study, and where it came from. */
export interface LoadedStudy {
  readonly study: Study
  readonly file: string
}

/** A claim with its study. */
export interface LoadedClaim extends LoadedStudy {
  readonly claim: AnyClaim
  readonly claimFile: string
}

/** Reads a study. @throws {ReducibleError} invalid-study naming file, line, key and the nearest known key. */
export function loadStudy(file: string): LoadedStudy {
  return { study: withClusterFrom(dirname(file), parseFile(file, studySchema)), file }
}

/** A study, and the claim that it is of where there is one. */
export type LoadedStudyOrClaim = LoadedClaim | (LoadedStudy & { readonly claim: null; readonly claimFile: null })

/** Reads a study, or a claim with its study: what names a study is a claim. @throws {ReducibleError} as `loadStudy`. */
export function loadStudyOrClaim(file: string, quick: boolean): LoadedStudyOrClaim {
  const { document } = parseYaml(file)
  if (isMap(document.contents) && document.has('study')) return loadClaim(file, quick)
  if (!quick) return { ...loadStudy(file), claim: null, claimFile: null }
  throw new ReducibleError('usage', `--quick is a block of a claim, and ${file} is a study`, {
    remedy: 'leave --quick out, or name a claim under configs/claims/',
  })
}

/** Reads a study of spread. @throws {ReducibleError} as `loadStudy`. */
export function loadSpreadStudy(file: string): SpreadStudy {
  return parseFile(file, spreadStudySchema)
}

/** Reads somebody else's claim. @throws {ReducibleError} as `loadStudy`. */
export function loadPublishedClaim(file: string): PublishedClaim {
  return parseFile(file, publishedClaimSchema)
}

/** Reads a claim of numbers without its study. @throws {ReducibleError} as `loadStudy`. */
export function loadNumericClaim(claimFile: string): Claim {
  return parseFile(claimFile, claimSchema)
}

/** Reads a claim and its study. @param quick replaces the study's keys by the claim's `quick:` block. */
export function loadClaim(claimFile: string, quick: boolean): LoadedClaim {
  const claim = parseFile(claimFile, anyClaimSchema)
  const file = relative('.', resolve(dirname(claimFile), claim.study))
  if (!quick) return onItsCluster({ claim, claimFile, ...loadStudy(file) })
  if (claim.quick === undefined) {
    throw new ReducibleError('usage', `${claimFile} has no quick: block`, { remedy: 'run it without --quick' })
  }
  const whole = parseYaml(file).document.toJS() as Record<string, unknown>
  const study = check({ ...whole, ...claim.quick }, studySchema, (path) =>
    path[0] !== undefined && String(path[0]) in (claim.quick ?? {}) ? `${claimFile}, quick` : file,
  )
  return onItsCluster({ claim, claimFile, study: withClusterFrom(dirname(file), study), file })
}

/** A claim of speed may name its cluster itself. */
function onItsCluster(loaded: LoadedClaim): LoadedClaim {
  const { claim, claimFile, study } = loaded
  if (claim.kind === 'numeric' || claim.cluster === undefined) return loaded
  return { ...loaded, study: withClusterFrom(dirname(claimFile), { ...study, cluster: claim.cluster }) }
}

/** A study names its cluster's spec from its own folder; from here on it is named from the current one. */
function withClusterFrom(folder: string, study: Study): Study {
  return study.cluster === 'captured' ? study : { ...study, cluster: relative('.', resolve(folder, study.cluster)) }
}

/** Applies a schema to a plain value. @param where names the source of the value at a path. */
export function check<S extends z.ZodType>(
  value: unknown,
  schema: S,
  where: (path: readonly PropertyKey[]) => string,
): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const issue = deepest(result.error.issues)
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = unknownKey === undefined ? issue.path : [...issue.path, unknownKey]
  const problem =
    unknownKey === undefined
      ? `${path.join('.') || 'the file'}: ${issue.message}${gotText(issue)}`
      : `unknown key '${path.join('.')}'${nearestKey(unknownKey, issue, schema)}`
  throw new ReducibleError('invalid-study', `${where(path)}: ${problem}`)
}

/** Reads a YAML file of some schema. @throws {ReducibleError} as `loadStudy`. */
export function parseFile<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  const { document, lines } = parseYaml(file)
  return check(document.toJS(), schema, (path) => `${file}${lineOf(document, lines, path)}`)
}

function parseYaml(file: string): { document: Document; lines: LineCounter } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (thrown) {
    throw new ReducibleError('invalid-study', `cannot read ${file}: ${messageOf(thrown)}`, {
      cause: thrown,
      remedy: 'name a file under configs/',
    })
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [error] = document.errors
  if (error) throw new ReducibleError('invalid-study', `${file}: ${error.message.split('\n')[0]}`)
  return { document, lines }
}

/** `:12` of the deepest key on the path that the file holds. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): string {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1), true)
    const last = path[depth - 1]
    const key = isMap(parent) ? parent.items.find(({ key }) => String(key) === String(last))?.key : undefined
    const node = (key ?? document.getIn(path.slice(0, depth), true)) as { range?: [number, number, number] } | undefined
    if (node?.range) return `:${lines.linePos(node.range[0]).line}`
  }
  return ''
}

type Issue = z.core.$ZodIssue

/** An unknown key explains a missing one, so it comes first; of a union's alternatives, the one that got furthest. */
function deepest(issues: readonly Issue[]): Issue {
  const first = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (first.code !== 'invalid_union' || first.errors.length === 0) return first
  const inner = first.errors.map(deepest).sort((a, b) => b.path.length - a.path.length)[0]
  return inner.path.length > 0 ? { ...inner, path: [...first.path, ...inner.path] } : first
}

function gotText(issue: Issue): string {
  const { input } = issue
  return input === undefined || typeof input === 'object' ? '' : ` (got ${JSON.stringify(input)})`
}

function nearestKey(key: string, { path, input }: Issue, schema: z.ZodType): string {
  const known = keysAt(schema, path, input)
  if (known.length === 0) return ''
  const nearest = closest(key, known)
  return distance(key, nearest) <= Math.max(2, key.length / 2)
    ? `; did you mean '${nearest}'?`
    : `; known here: ${known.join(', ')}`
}

/** The keys the schema knows at a path, for the value that stands there: of `workload`, those of its own name. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): string[] {
  const { def } = schema._zod as unknown as { def: SchemaDefinition }
  switch (def.type) {
    case 'object': {
      const shape = def.shape ?? {}
      if (path.length === 0) return Object.keys(shape)
      const next = shape[String(path[0])]
      return next ? keysAt(next, path.slice(1), value) : []
    }
    case 'array':
      return def.element ? keysAt(def.element, path.slice(1), value) : []
    case 'union': {
      const { options = [], discriminator } = def
      const own = path.length === 0 ? options.filter((option) => isOptionOf(option, discriminator, value)) : options
      return [...new Set(own.flatMap((option) => keysAt(option, path, value)))]
    }
    case 'default':
    case 'optional':
    case 'nullable':
      return def.innerType ? keysAt(def.innerType, path, value) : []
    case 'pipe':
      return def.in ? keysAt(def.in, path, value) : []
    default:
      return []
  }
}

/** Whether a union's discriminator chooses this option for the value; true where there is none. */
function isOptionOf(option: z.ZodType, discriminator: string | undefined, value: unknown): boolean {
  if (discriminator === undefined) return true
  const { def } = option._zod as unknown as { def: SchemaDefinition }
  const chosen = (value as Readonly<Record<string, unknown>>)[discriminator]
  return def.shape?.[discriminator]?.safeParse(chosen).success ?? true
}

/** The parts of zod's definition objects that lead from a schema to the schemas inside it. */
interface SchemaDefinition {
  readonly type: string
  readonly shape?: Record<string, z.ZodType>
  readonly element?: z.ZodType
  readonly options?: z.ZodType[]
  readonly discriminator?: string
  readonly innerType?: z.ZodType
  readonly in?: z.ZodType
}
