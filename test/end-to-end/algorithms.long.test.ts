// Goal: the default claim is reproduced by every deterministic reduction order. Left out: `arrival`, whose order nobody
// knows before it happened.
import { expect, it } from 'vitest'
import { EVERY_ALGORITHM } from '../../src/reduce/algorithms.ts'
import { documentOf, reducible, Scratch } from './reducible.ts'

it.each(EVERY_ALGORITHM.filter((name) => name !== 'arrival'))(
  'reproduce --quick --algorithm %s is true',
  async (name) => {
    using scratch = new Scratch()
    const finished = await reducible(['reproduce', '--quick', '--algorithm', name, '--json', '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    expect(documentOf(finished).verdict).toBe('true')
  },
)
