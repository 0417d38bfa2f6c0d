import type { Study } from './schema.ts'

/** What one seed feeds: a generator and the numbers it draws for. */
export interface SeedStream {
  readonly stream: 'rows' | 'permutation' | 'initial-weights' | 'dropout' | 'shift'
  readonly generator: string
  /** Of the package that holds the generator, or of our own key layout. */
  readonly version: string
}

/** Raised when a stream's key or counters change: the same seed then draws other numbers. */
const OUR_STREAMS_VERSION = '1'

/** Every stream that a trial of this study draws from its seed; nothing else in it is random. */
export function seedStreams(
  { workload, training }: Pick<Study, 'workload'> & Partial<Pick<Study, 'training'>>,
  numpyTsVersion: string,
): SeedStream[] {
  const numpy = { generator: "PCG64, NumPy's default_rng (numpy-ts)", version: numpyTsVersion }
  const ours = { generator: 'Threefry-2x32, 20 rounds', version: OUR_STREAMS_VERSION }
  const streams: SeedStream[] = []
  if (workload.name === 'linear' || workload.name === 'paced') streams.push({ stream: 'rows', ...numpy })
  if (training && training.batch !== 'full') streams.push({ stream: 'permutation', ...numpy })
  if (workload.name === 'mnist-mlp') {
    streams.push({ stream: 'initial-weights', ...ours })
    if (workload.dropout > 0) streams.push({ stream: 'dropout', ...ours })
    if (workload.shiftPixels > 0) streams.push({ stream: 'shift', ...ours })
  }
  return streams
}
