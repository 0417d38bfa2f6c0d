// Goal: a Python that cannot run the harness says why, and one that can names its kernels. Left out: what NumPy computes
// (test/evidence/book holds it against the committed measurement).
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findPython } from '../../bench/peers/peer.ts'
import { runNumpyHarness } from '../../src/cli/numpy-harness.ts'
import { BLAS_ARITHMETICS } from '../../src/evidence/book/arithmetics.ts'
import { runHarness } from '../../src/evidence/book/harness.ts'

it.each([
  ['is not there', undefined, 'NumPy is not installed'],
  ['has no NumPy', "ModuleNotFoundError: No module named 'numpy'", 'NumPy is not installed'],
  ['has a broken one', 'ImportError: libgfortran.so.5: wrong', 'NumPy failed: ImportError: libgfortran.so.5: wrong'],
])('a Python that %s is named as such', async (_, complaint, reason) => {
  const folder = mkdtempSync(join(tmpdir(), 'python-'))
  try {
    const python = join(folder, 'python3')
    if (complaint !== undefined) {
      writeFileSync(python, `#!/bin/sh\necho "${complaint}" >&2\nexit 1\n`)
      chmodSync(python, 0o755)
    }
    expect(await runNumpyHarness(python, [0])).toBe(reason)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('NumPy that is here has the bits of the kernels it names', async ({ skip }) => {
  const found = await findPython('numpy')
  if (found === undefined) return skip('no Python here imports numpy ($REDUCIBLE_PYTHON, python3, /usr/bin/python3)')
  const harness = await runNumpyHarness(found.python, [3])
  if (typeof harness === 'string') throw new Error(harness)
  const emulated = BLAS_ARITHMETICS.find(({ kernels }) => kernels.some((name) => name === harness.kernels))
  if (emulated === undefined || harness.architecture !== 'x86_64') return skip(`${harness.kernels} is not emulated`)
  const { digest, trajectory } = runHarness(3, emulated)
  expect(harness.runs[0]).toMatchObject({ digest, trajectory })
})
