// Goal: data goes one way. A file imports from its own floor or a lower one, never a higher one, and no circle exists.
// Left out: node_modules (knip looks after those) and what kernels/ and configs/ hold, which is data.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'

const FLOORS: Record<string, number> = {
  'src/core': 1,
  'src/stats': 1,
  'src/study': 2,
  'src/data': 2,
  'src/gradient': 2,
  'src/reduce': 2,
  'src/record': 2,
  'src/simulate': 3,
  'src/spread': 3,
  'src/evidence': 3,
  'src/track': 3,
  cluster: 3,
  'src/report': 4,
  'src/cli': 5,
  bench: 5,
}

/** Import lines: `import type` counts for the floor, not for circles, since it is gone when the code runs. */
interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

function importsOf(file: string, text: string): Import[] {
  const pattern = /^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/gm
  return [...text.matchAll(pattern)].map(([, type, staticPath, dynamicPath]) => ({
    from: file,
    to: relative(projectRoot, resolve(projectRoot, dirname(file), staticPath ?? dynamicPath)),
    typeOnly: type !== undefined,
  }))
}

function floorOf(file: string): number {
  const room = Object.keys(FLOORS).find((folder) => file.startsWith(`${folder}/`))
  return room === undefined ? Number.NaN : FLOORS[room]
}

function upward(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, to }) => !(floorOf(to) <= floorOf(from)))
    .map(({ from, to }) => `${from} (floor ${floorOf(from)}) imports ${to} (floor ${floorOf(to)})`)
}

function circles(imports: readonly Import[]): string[] {
  const targets = Map.groupBy(
    imports.filter(({ typeOnly }) => !typeOnly),
    ({ from }) => from,
  )
  const found: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file) || path.includes(file)) return
    for (const { to } of targets.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of targets.keys()) visit(file, [])
  return found
}

function projectImports(): Import[] {
  return ['src', 'cluster', 'bench'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
      .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)))
      .flatMap((file) => importsOf(file, readFileSync(join(projectRoot, file), 'utf8'))),
  )
}

describe('imports', () => {
  it('sees the imports of the project', () => {
    expect(projectImports().length).toBeGreaterThan(100)
  })

  it('go to the same floor or a lower one', () => {
    expect(upward(projectImports())).toEqual([])
  })

  it('never go in a circle', () => {
    expect(circles(projectImports())).toEqual([])
  })

  it('are refused when they go up, sideways out of the house, or around', () => {
    const planted = [
      ...importsOf('src/core/a.ts', "import { x } from '../study/b.ts'"),
      ...importsOf('src/data/a.ts', "import type { x } from '../../test/b.ts'"),
      ...importsOf('src/cli/a.ts', "const b = await import('./b.ts')"),
      ...importsOf('src/cli/b.ts', "export { x } from './a.ts'"),
    ]
    expect(upward(planted)).toEqual([
      'src/core/a.ts (floor 1) imports src/study/b.ts (floor 2)',
      'src/data/a.ts (floor 2) imports test/b.ts (floor NaN)',
    ])
    expect(circles(planted)).toEqual(['src/cli/a.ts → src/cli/b.ts → src/cli/a.ts'])
  })
})
