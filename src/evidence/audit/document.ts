import { parse } from 'yaml'
import type { z } from 'zod'
import { messageOf } from '../../core/errors.ts'
import { type Finding, missing, wrong } from './finding.ts'

/** A record as it stands in its file. */
export interface Document {
  readonly file: string
  /** Null where nothing could be parsed; where `issues` has entries, anything. */
  readonly value: unknown
  /** How it departs from its schema, by path. */
  readonly issues: readonly Finding[]
}

/** How a file is read, and under which word its paths stand. */
export interface RecordFormat {
  readonly file: string
  readonly name: string
  readonly schema: (value: unknown) => z.ZodType
}

/** Reads a file of one JSON or YAML value. */
export function readDocument({ file, name, schema }: RecordFormat, bytes: Uint8Array): Document {
  const text = Buffer.from(bytes).toString()
  try {
    const value = (file.endsWith('.yaml') ? parse(text) : JSON.parse(text)) as unknown
    return { file, value, issues: issuesOf(name, value, schema(value)) }
  } catch (thrown) {
    return { file, value: null, issues: [unreadable(name, file, thrown)] }
  }
}

/** Reads a file of one JSON value a line; what cannot be parsed is an issue of its line and no value. */
export function readLines({ file, name, schema }: RecordFormat, bytes: Uint8Array): Document {
  const lines = Buffer.from(bytes).toString().split('\n')
  const issues: Finding[] =
    lines.at(-1) === '' ? [] : [wrong(`${name}.${lines.length}`, 'a line without its end', 'a whole line')]
  const value = lines.slice(0, -1).flatMap((line, index) => {
    const path = `${name}.${index + 1}`
    try {
      const record = JSON.parse(line) as unknown
      issues.push(...issuesOf(path, record, schema(record)))
      return [record]
    } catch (thrown) {
      issues.push(unreadable(path, file, thrown))
      return []
    }
  })
  return { file, value, issues }
}

function unreadable(path: string, file: string, thrown: unknown): Finding {
  const [first] = messageOf(thrown).split('\n')
  return wrong(path, first, file.endsWith('.yaml') ? 'YAML' : 'JSON')
}

type Issue = z.core.$ZodIssue

function issuesOf(name: string, value: unknown, schema: z.ZodType): Finding[] {
  const result = schema.safeParse(value, { reportInput: true })
  return result.success ? [] : result.error.issues.flatMap((issue) => findingsOf(name, deepest(issue)))
}

function findingsOf(name: string, issue: Issue): Finding[] {
  const at = (path: readonly PropertyKey[]): string => [name, ...path.map(String)].join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => wrong(at([...issue.path, key]), 'a key that no schema has', 'nothing'))
  }
  return [issue.input === undefined ? missing(at(issue.path)) : wrong(at(issue.path), issue.input, issue.message)]
}

/** Of the alternative of a union that has the fewest issues, and of several the one that got furthest. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue
  const fewest = Math.min(...issue.errors.map(({ length }) => length))
  const nearest = issue.errors.filter(({ length }) => length === fewest)
  const [inner] = nearest.map(([first]) => deepest(first)).sort((a, b) => b.path.length - a.path.length)
  return inner.path.length > 0 ? { ...inner, path: [...issue.path, ...inner.path] } : issue
}
