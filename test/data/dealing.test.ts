// Goal: every row of a batch is dealt to one leaf; under `exact` blocks stay whole and are the same for every number of leaves.
// Left out: what is computed over them (test/gradient/exact.test.ts).
import { describe, expect, it } from 'vitest'
import {
  blockCount,
  dealBlocks,
  dealRows,
  dealToLeaves,
  parseDealing,
  partOf,
  shareOf,
} from '../../src/data/dealing.ts'
import { ROWS_PER_BLOCK } from '../../src/gradient/engine.ts'

const everyPosition = (count: number): number[] => Array.from({ length: count }, (_, position) => position)

describe.each([1, 63, 64, 65, 512, 1000])('a batch of %i rows', (rowCount) => {
  it.each(['contiguous', 'random:0', 'random:7'])('is dealt whole in blocks, %s', (text) => {
    for (let leaves = 1; leaves <= Math.min(9, blockCount(rowCount)); leaves++) {
      const dealt = dealBlocks(rowCount, leaves, parseDealing(text))
      expect(dealt).toHaveLength(leaves)
      expect(dealt.flatMap((places) => [...places]).sort((a, b) => a - b)).toEqual(everyPosition(rowCount))
      for (const places of dealt) {
        expect(places.length).toBeGreaterThan(0)
        for (let at = 0; at < places.length; at += ROWS_PER_BLOCK) {
          const block = [...places.subarray(at, at + ROWS_PER_BLOCK)]
          expect(block[0] % ROWS_PER_BLOCK).toBe(0)
          const rows = Math.min(ROWS_PER_BLOCK, rowCount - block[0])
          expect(block).toEqual(everyPosition(rows).map((i) => block[0] + i))
        }
      }
    }
  })

  it('is dealt row by row in order', () => {
    for (let leaves = 1; leaves <= Math.min(9, rowCount); leaves++) {
      const dealt = dealRows(rowCount, leaves)
      expect(dealt.flatMap((places) => [...places])).toEqual(everyPosition(rowCount))
      expect(dealt.every(({ length }) => Math.abs(length - rowCount / leaves) < 1)).toBe(true)
    }
  })
})

it('random dealing is another for another seed, and not in order', () => {
  const [a, b, again] = [1, 2, 1].map((seed) => dealBlocks(1024, 4, { seed }))
  expect(a).not.toEqual(b)
  expect(a).not.toEqual(dealBlocks(1024, 4, 'contiguous'))
  expect(again).toEqual(a)
})

describe('a share of a batch', () => {
  const arm = { arithmetic: 'f32', dealing: 'contiguous' } as const
  const batch = Uint32Array.from({ length: 10 }, (_, i) => 100 + i)

  it('has the rows of its leaves one after the other, with as many elements of their vectors as are asked for', () => {
    const vectors = [new Float32Array(5), new Float32Array(5)]
    const share = shareOf(dealToLeaves(arm, 10, 4).slice(1, 3))
    expect(share).toEqual({ positions: Uint32Array.of(3, 4, 5, 6, 7), leafRows: [3, 2] })
    const whole = partOf(batch, share, { vectors })
    expect(whole).toMatchObject({ rows: Uint32Array.of(103, 104, 105, 106, 107), positions: share.positions })
    expect(whole.leaves.map(({ rowCount, vector }) => [rowCount, vector.length])).toEqual([
      [3, 5],
      [2, 5],
    ])
    expect(partOf(batch, share, { vectors }, 2).leaves[0].vector).toHaveLength(2)
  })

  it('is of whole blocks where the arithmetic is exact, and else of rows', () => {
    const rowCount = 3 * ROWS_PER_BLOCK
    expect(dealToLeaves({ ...arm, arithmetic: 'exact' }, rowCount, 2)).toEqual(dealBlocks(rowCount, 2, 'contiguous'))
    expect(dealToLeaves(arm, rowCount, 2)).toEqual(dealRows(rowCount, 2))
  })
})
