import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { sha256 } from '../../src/core/digest.ts'
import type { TreeCopy } from './tree.ts'

/** The files of a run folder by name. */
export type Files = ReadonlyMap<string, Uint8Array>

/** A real run of the smoke claim from a clean commit. @returns its folder. */
export function makeRun(tree: TreeCopy): string {
  tree.commit()
  const words = ['reproduce', 'configs/claims/smoke.yaml', '--seeds', '0,1', '--require-clean', '--json']
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(tree.root, 'src/cli/main.ts'), ...words], {
    cwd: tree.root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the run failed with status ${status}: ${stderr}`)
  return (JSON.parse(stdout) as { run: string }).run
}

/** What a record of a run folder holds; of .jsonl the lines. */
export function recordIn(files: Files, file: string): unknown {
  const text = Buffer.from(files.get(file) ?? []).toString()
  if (file.endsWith('.yaml')) return parse(text)
  if (!file.endsWith('.jsonl')) return JSON.parse(text)
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}

/** A record as the text of its file. */
export function textOf(file: string, record: unknown): string {
  if (file.endsWith('.yaml')) return stringify(record)
  if (!file.endsWith('.jsonl')) return JSON.stringify(record, null, 2)
  return (record as unknown[]).map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** The folder with files replaced, or without them (null), and SHA256SUMS as if they had always been so. */
export function replaced(files: Files, texts: Readonly<Record<string, string | null>>): Files {
  const lines = Buffer.from(files.get('SHA256SUMS') ?? [])
    .toString()
    .split('\n')
  const changed = new Map(files)
  for (const file of Object.keys(texts)) changed.delete(file)
  const sums = lines.filter((line) => !(line.slice(66) in texts))
  for (const [file, text] of Object.entries(texts)) {
    if (text === null) continue
    changed.set(file, Buffer.from(text))
    sums.unshift(`${sha256(text)}  ${file}`)
  }
  return changed.set('SHA256SUMS', Buffer.from(sums.join('\n')))
}
