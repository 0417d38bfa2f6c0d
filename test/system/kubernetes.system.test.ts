// Goal: kubectl and the API schemas of kubernetes-validate read what is rendered as the tests of `fast` do, the overlay
// too. Needs kubectl; Python and PyPI; each skips by name elsewhere. Left out: a cluster.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { projectRoot } from '../../src/core/paths.ts'

const FOLDER = join(projectRoot, 'cluster/launch/kubernetes')

function rendered(...flags: string[]): string {
  const words = ['src/cli/main.ts', 'launch', '--kubernetes', '--render', 'configs/slurm-4.yaml', ...flags]
  return execFileSync(process.execPath, words, {
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/** By kind and name; lists of named items in the order of their names, as Kustomize puts what it adds first. */
function byName(text: string): Map<string, unknown> {
  const sorted = (_key: string, value: unknown): unknown =>
    Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'name' in item)
      ? value.toSorted((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1))
      : value
  const manifests = parseAllDocuments(text).map(
    (document) => JSON.parse(JSON.stringify(document.toJS(), sorted)) as { kind: string; metadata: { name: string } },
  )
  return new Map(manifests.map((manifest) => [`${manifest.kind}/${manifest.metadata.name}`, manifest]))
}

it.for([
  ['base', []],
  ['nvidia', ['--nvidia']],
] as const)('kubectl kustomize makes of %s what is rendered', ([folder, flags], { skip }) => {
  const { status, stdout } = spawnSync('kubectl', ['kustomize', join(FOLDER, folder)], { encoding: 'utf8' })
  if (status === null) skip('needs kubectl')
  expect(byName(stdout)).toEqual(byName(rendered(...flags)))
})

/** kubernetes-validate, in an environment of its own, made once. Undefined where Python or PyPI cannot be had. */
function validator(): string | undefined {
  const folder = join(tmpdir(), 'reducible-kubernetes-validate')
  const command = join(folder, 'bin/kubernetes-validate')
  if (existsSync(command)) return command
  const steps = [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin/python'), '-m', 'pip', 'install', '-q', 'kubernetes-validate==1.37.0'],
  ]
  return steps.every(([word, ...words]) => spawnSync(word, words, { stdio: 'ignore' }).status === 0)
    ? command
    : undefined
}

it('kubernetes-validate accepts what is rendered, and not a planted fault', ({ skip }) => {
  const command = validator()
  if (!command) return skip('needs python3 and PyPI, for kubernetes-validate')
  const judge = (input: string): number | null =>
    spawnSync(command, ['--strict', '-'], { input, encoding: 'utf8' }).status
  const text = rendered('--nvidia')
  expect(judge(text)).toBe(0)
  expect(judge(text.replace('completions: 4', 'completions: four'))).not.toBe(0)
})
