// Goal: `reproduce --book` prints every line of section 41.8's output beside its own and derives both digests; with `--seed`
// it is compared with the NumPy that is there. Left out: the arithmetic (test/evidence/book), a Python without NumPy (test/cli).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { reducible, Scratch } from './reducible.ts'

const published = JSON.parse(readFileSync(join(projectRoot, 'test/golden/book.json'), 'utf8')).section_41_8

describe('reproduce --book', () => {
  it('marks each line of the published output, and derives both digests', async () => {
    const { status, stdout } = await reducible(['reproduce', '--book'])
    expect(status).toBe(0)
    expect(stdout).toBe(readFileSync(join(projectRoot, 'bench/results/reproduce-book.txt'), 'utf8'))
    expect(stdout.match(/ different$/gm)).toHaveLength(4)
    for (const loss of published.losses_seeds_0_to_9)
      expect(stdout).toMatch(new RegExp(`${loss.toFixed(6)}  equal$`, 'm'))
    expect(stdout).toMatch(
      new RegExp(`^Nehalem +no +${published.final_loss}  ${published.sha256_prefix_of_repr}  = pub`, 'm'),
    )
    expect(stdout).toMatch(/^Haswell +yes +0\.010111798421239306 {2}60143aecee4b4b6e {2}= NumPy$/m)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('is false where NumPy prints another digest on kernels that are emulated', async () => {
    using scratch = new Scratch()
    const run = { seed: 7, loss: '0.0099', digest: '0123456789abcdef', trajectory: '' }
    const harness = { numpy: '0', kernels: 'Nehalem', blas: 'OpenBLAS', architecture: 'x86_64', runs: [run] }
    const python = join(scratch.path, 'python3')
    writeFileSync(python, `#!/bin/sh\necho '${JSON.stringify(harness)}'\n`, { mode: 0o755 })
    const { status, stdout } = await reducible(['reproduce', '--book', '--seed', '7'], { REDUCIBLE_PYTHON: python })
    expect(status).toBe(1)
    expect(stdout).toMatch(/^NumPy 0 prints {2}0\.0099 {2}0123456789abcdef$/m)
    expect(stdout.replace(/\s+/g, ' ')).toContain('weights of all 200 steps: different')
  })

  it.each([
    [['--seed', '7'], /--seed is of --book/],
    [['--book', '--seed', '4294967296'], /from 0 to 4294967295/],
    [['--book', '--nodes', '2', '--quick'], /without --quick, --nodes/],
  ])('refuses %s', async (words, message) => {
    const { status, stderr } = await reducible(['reproduce', ...words])
    expect(status).toBe(64)
    expect(stderr).toMatch(message)
  })
})
