// Goal: `reducible spread` prints the published digits, writes what it measured, refuses in one sentence, and leaves nothing
// half-written when it is stopped. Left out: times, which are printed and never asserted.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { Command, documentOf, reducible, Scratch } from './reducible.ts'

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8')

describe('spread --book', () => {
  it('prints the table of section 5.7 with the same digits', async () => {
    const { status, stdout } = await reducible(['spread', '--book'])
    expect(status).toBe(0)
    const { what: _, ...digits } = JSON.parse(read('test/golden/book.json')).section_5_7 as Record<string, string>
    for (const [name, text] of Object.entries(digits))
      expect(stdout).toMatch(new RegExp(`^${name} +${escaped(text)}$`, 'm'))
    expect(stdout).toBe(read('bench/results/spread-book.txt'))
  })

  it("gives NumPy's numbers for another seed", async () => {
    const document = documentOf(await reducible(['spread', '--book', '--seed', '11', '--json']))
    const { sums, exact, max_spread, relative_spread } = JSON.parse(read('test/golden/spread-numpy.json')).tables[0]
    expect(document.printed).toEqual({ ...sums, max_spread, relative_spread })
    expect(document.exact).toBe(Number(exact))
  })
})

function escaped(text: string): string {
  return text.replace(/[.+]/g, '\\$&')
}

describe('spread --orders', () => {
  it('reports every array, and writes table, sums and figure', async () => {
    using scratch = new Scratch()
    const words = 'spread --orders 20 --mix 1,1e4,1e8 --values normal,cancelling --count 3000 --arrays 6 --json'
    const finished = await reducible([...words.split(' '), '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    const { points, arrays, rule, folder } = documentOf(finished) as unknown as Record<string, never[]> & {
      folder: string
    }
    expect([points, arrays].map((list) => list.length)).toEqual([6, 36])
    expect(rule).toMatchObject({ multiple: 2 })
    expect(readdirSync(folder).sort()).toEqual(['samples.jsonl', 'spread.csv', 'spread.json', 'spread.svg'])
    const lines = (file: string): string[] => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')
    expect([lines('spread.csv'), lines('samples.jsonl')].map((list) => list.length)).toEqual([37, 36])
    const columns = new Set(lines('spread.csv').map((line) => line.split(',').length))
    expect(columns.size).toBe(1)
    expect(JSON.parse(lines('samples.jsonl')[0]).random).toHaveLength(20)
  })

  it('prints lines of at most 80 columns', async () => {
    using scratch = new Scratch()
    const words = 'spread --orders 10 --values all --count 500 --arrays 6'
    const { status, stdout } = await reducible([...words.split(' '), '--out', scratch.path])
    expect(status).toBe(0)
    const lines = stdout.split('\n').filter((line) => !line.includes(scratch.path) && !line.startsWith('arrays, sums'))
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(stdout).toContain('Rule: a difference is real when it exceeds 2 × the floor')
  })

  it('says that equal numbers have no spread', async () => {
    using scratch = new Scratch()
    const words = 'spread --orders 5 --mix 0 --fraction 1 --count 100 --arrays 1'
    const { status, stdout } = await reducible([...words.split(' '), '--out', scratch.path])
    expect(status).toBe(0)
    expect(stdout).toContain('all numbers are equal')
  })

  it('stopped by Ctrl-C ends its threads and marks its folder', async () => {
    using scratch = new Scratch()
    const command = new Command(['spread', '--orders', '10000', '--count', '1e5', '--out', scratch.path])
    const parent = join(scratch.path, 'runs', 'spread')
    await command.until(() => {
      try {
        return readdirSync(join(parent, readdirSync(parent)[0])).includes('spread.json')
      } catch {
        return false
      }
    })
    command.child.kill('SIGINT')
    const { status, stderr } = await command.finished
    expect(status).toBe(130)
    expect(stderr).toContain('[interrupted]')
    const folder = join(parent, readdirSync(parent)[0])
    expect(JSON.parse(readFileSync(join(folder, 'spread.json'), 'utf8')).status).toBe('interrupted')
    expect(readdirSync(folder).filter((file) => file.endsWith('.part'))).toEqual([])
  })

  it.each([
    ['', 'wants one of --book, --orders, --diff, --cluster (got none)'],
    ['--book --orders 5', '(got --book and --orders)'],
    ['--orders 10001', '--orders must be at most 10000'],
    ['--orders 5 --count 0', 'an empty array has one sum'],
    ['--orders 5 --mix NaN', '--mix must be a finite number'],
    ['--orders 5 --mix 1e308 --count 100', 'where no order tells anything'],
    ['--orders 5 --values gaussian', '--values must be all, or of'],
    ['--orders 5 --count 4', 'leaves ranks without an element'],
    ['--orders 5 --out package.json', 'cannot make a folder under'],
  ])("refuses '%s' in one sentence", async (flags, said) => {
    using scratch = new Scratch()
    const out = flags.includes('--out') ? [] : ['--out', scratch.path]
    const { status, stderr } = await reducible(['spread', ...flags.split(' ').filter(Boolean), ...out])
    expect(status).toBe(64)
    const lines = stderr.trim().split('\n')
    expect(lines.filter((line) => !line.startsWith('spread: array'))).toEqual([lines.at(-1)])
    expect(lines.at(-1)).toContain(said)
  })
})
