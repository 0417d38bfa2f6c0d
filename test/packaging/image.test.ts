// Goal: an image can be made from nothing that moves: bases by digest, packages by the lockfile, actions by commit; and it runs as
// an ordinary user and reproduces. Every rule is shown a file that breaks it. Left out: building an image, for want of an engine.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectRoot } from '../../src/core/paths.ts'
import { captureInstalledPackages } from '../../src/record/installed-packages.ts'

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8')

interface Instruction {
  readonly name: string
  readonly words: string
}

/** The instructions of a Dockerfile without here-documents: comments out, continued lines joined. */
function instructionsOf(dockerfile: string): Instruction[] {
  return dockerfile
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name, ...words] = line.trim().split(/\s+/)
      return { name: name.toUpperCase(), words: words.join(' ') }
    })
}

/** What of an image could change from build to build, or runs as root, or does not reproduce. */
function faultsOf(dockerfile: string): string[] {
  const instructions = instructionsOf(dockerfile)
  const wordsOf = (name: string): string[] =>
    instructions.filter((instruction) => instruction.name === name).map(({ words }) => words)
  const stages = wordsOf('FROM').map((words) => words.split(/ AS /i)[1])
  const images = [
    ...wordsOf('FROM').map((words) => words.split(/ AS /i)[0]),
    ...wordsOf('COPY').flatMap((words) => /^--from=(\S+)/.exec(words)?.[1] ?? []),
  ].filter((image) => !stages.includes(image))
  const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'))
  const user = last.findLast(({ name }) => name === 'USER')?.words
  const entry = last.findLast(({ name }) => name === 'ENTRYPOINT')?.words
  return [
    images.filter((image) => !/^\S+@sha256:[0-9a-f]{64}$/.test(image)).map((image) => `${image} has no digest`),
    /npm (install|i|add|update)\b/.test(wordsOf('RUN').join('\n')) ? ['npm without the lockfile'] : [],
    wordsOf('ADD').map((words) => `ADD ${words}`),
    /^[1-9]\d*:[1-9]\d*$/.test(user ?? '') ? [] : [`the user is ${user}`],
    entry === '["reducible", "reproduce"]' ? [] : [`the entry point is ${entry}`],
  ].flat()
}

describe('the Dockerfile', () => {
  it('takes nothing that can move, leaves root, and reproduces', () => {
    expect(faultsOf(read('Dockerfile'))).toEqual([])
    expect(instructionsOf(read('Dockerfile')).filter(({ words }) => words.includes('npm ci'))).toHaveLength(2)
  })

  it.each([
    [/@sha256:\w+/, '', 'node:26-trixie-slim has no digest'],
    [/@sha256:\w+\n/, '\n', 'node:26-trixie-slim has no digest'],
    ['--from=build', '--from=alpine:3', 'alpine:3 has no digest'],
    ['npm ci', 'npm install', 'npm without the lockfile'],
    ['COPY package', 'ADD package', 'ADD package.json package-lock.json ./'],
    ['USER 1000:1000', '', 'the user is undefined'],
    ['USER 1000:1000', 'USER root', 'the user is root'],
    ['USER 1000:1000', 'USER 1000:1000\nUSER 0:0', 'the user is 0:0'],
    ['"reproduce"', '"doctor"', 'the entry point is ["reducible", "doctor"]'],
  ])('with %s made %j is refused', (pattern, replacement, fault) => {
    expect(faultsOf(read('Dockerfile').replace(pattern, replacement))).toEqual([fault])
  })

  it('gives NVIDIA containers their Vulkan driver, and others lavapipe', () => {
    const text = instructionsOf(read('Dockerfile'))
      .map(({ words }) => words)
      .join('\n')
    expect(text).toContain('NVIDIA_DRIVER_CAPABILITIES=graphics,compute,utility')
    for (const name of ['libatomic1', 'libvulkan1', 'mesa-vulkan-drivers', 'libegl1', 'libgl1', 'libxext6'])
      expect(text).toContain(name)
  })

  it('hides from the build only what git ignores: a tracked file that is missing would make the commit dirty', () => {
    const rulesOf = (file: string): string[] =>
      read(file)
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => line.replace(/^\*\*\/|^\/|\/$/g, ''))
    expect(rulesOf('.gitignore')).toEqual(expect.arrayContaining(rulesOf('.dockerignore')))
    expect(rulesOf('.gitignore')).not.toContain('docs')
  })

  it('gets every package with its integrity', () => {
    expect(captureInstalledPackages().withoutIntegrity).toEqual([])
  })
})

interface Workflow {
  readonly jobs: { readonly image: { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] } }
}

it('the CI template pins its actions by commit, and runs the image by the digest that it records', () => {
  const { steps } = (parse(read('docs/ci/github-actions.yaml')) as Workflow).jobs.image
  const uses = steps.flatMap((step) => step.uses ?? [])
  expect(uses.length).toBeGreaterThan(0)
  for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
  const runs = steps.flatMap((step) => step.run ?? []).filter((text) => text.includes('docker run'))
  expect(runs).toEqual([expect.stringMatching(/REDUCIBLE_CONTAINER_DIGEST=\$DIGEST" "\$IMAGE@\$DIGEST" --quick$/)])
})
