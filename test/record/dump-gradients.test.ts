// Goal: what docs/examples/dump-gradients.py dumps from PyTorch is read as the gradients of its ranks. Left out: several processes.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findPython } from '../../bench/peers/peer.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { readGradientFiles } from '../../src/record/gradient-files.ts'

it('gradients dumped from PyTorch are read, a set a step and a vector a rank', async ({ skip }) => {
  const found = await findPython('torch')
  if (found === undefined) return skip('no Python here imports torch ($REDUCIBLE_PYTHON, python3, /usr/bin/python3)')
  const folder = mkdtempSync(join(tmpdir(), 'dump-'))
  try {
    const script = join(projectRoot, 'docs/examples/dump-gradients.py')
    const { status, stderr } = spawnSync(found.python, [script, folder, '4'], { encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    const sets = readGradientFiles('step*/rank*.npy', folder)
    expect(sets.map(({ name }) => name)).toEqual(['step000001', 'step000002'])
    for (const { dtype, vectors } of sets) {
      expect(dtype).toBe('float32')
      expect(vectors.map(({ length }) => length)).toEqual([387, 387, 387, 387]) // 20·16 + 16 + 16·3 + 3
      expect(new Set(vectors.map((vector) => vector.join())).size).toBe(4)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
