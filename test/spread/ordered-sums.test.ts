// Goal: the WebAssembly sums are the plain loops' bits, drawn orders are those of the stream and uniform, and the checked-in
// code is the source's. Left out: speed, which bench/spread.ts measures.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mix32 } from '../../src/core/mix.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { streamKey, threefry } from '../../src/core/streams.ts'
import { allocateOrderMemory, OrderedSums, stopSums } from '../../src/spread/ordered-sums.ts'
import { compileOrder } from '../../src/spread/wasm/generate.ts'

const COUNTS = [1, 2, 3, 7, 8, 9, 10, 17, 1000, 5000]

function sumsOf(values: ArrayLike<number>): { sums: OrderedSums; values: Float64Array } {
  const sums = new OrderedSums(allocateOrderMemory({ count: values.length, slots: 2, threads: 1 }))
  const shared = sums.values(1)
  shared.set(values)
  return { sums, values: shared }
}

function roundingValues(count: number): number[] {
  return Array.from({ length: count }, (_, i) => ((mix32(i + 1) | 0) / 3) * 10 ** (mix32(i) % 9))
}

/** Fisher and Yates with whole integers: what drawOrder promises. */
function drawnByHand(seed: number, index: number, count: number): number[] {
  const key = streamKey(seed, 'order', index)
  const order = Array.from({ length: count }, (_, i) => i)
  let draw = 0
  for (let bound = count; bound > 1; bound--) {
    for (;;) {
      const product = BigInt(threefry(key, [draw >> 1, 0])[draw & 1]) * BigInt(bound)
      draw++
      if ((product & 0xffffffffn) < (1n << 32n) % BigInt(bound)) continue
      const chosen = Number(product >> 32n)
      ;[order[bound - 1], order[chosen]] = [order[chosen], order[bound - 1]]
      break
    }
  }
  return order
}

describe('ordered sums', () => {
  it.each(COUNTS)('of %i values are the bits of the plain loops', (count) => {
    const { sums, values } = sumsOf(roundingValues(count))
    expect(sums.sequential(values)).toBe(values.reduce((a, b) => a + b))
    for (let index = 0; index < 5; index++) {
      sums.drawOrder(3, index)
      const inOrder = Array.from(sums.order, (at) => values[at])
      expect(sums.gathered(values)).toBe(inOrder.reduce((a, b) => a + b))
    }
  })

  it('start from the first operand: −0 stays −0', () => {
    const { sums, values } = sumsOf([-0, -0])
    sums.drawOrder(0, 0)
    expect([sums.sequential(values), sums.gathered(values)]).toEqual([-0, -0])
  })
})

describe('drawn orders', () => {
  it.each(COUNTS)('of %i elements are those of the stream', (count) => {
    const { sums } = sumsOf(new Float64Array(count))
    for (const [seed, index] of [
      [7, 0],
      [7, 9999],
      [2 ** 40 + 1, 1],
    ]) {
      sums.drawOrder(seed, index)
      expect([...sums.order]).toEqual(drawnByHand(seed, index, count))
    }
  })

  it('are uniform over all orders of four elements', () => {
    const { sums } = sumsOf(new Float64Array(4))
    const draws = 24_000
    const counts = new Map<string, number>()
    for (let index = 0; index < draws; index++) {
      sums.drawOrder(1, index)
      const order = sums.order.join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(chiSquare([...counts.values()], draws / 24, 24)).toBeLessThan(49.7) // 0.999 quantile, 23 degrees of freedom
  })

  it('bring every element to every place equally often', () => {
    const places = 97
    const { sums } = sumsOf(new Float64Array(places))
    const draws = 20_000
    const counts = new Float64Array(places * places)
    for (let index = 0; index < draws; index++) {
      sums.drawOrder(2, index)
      for (let place = 0; place < places; place++) counts[place * places + sums.order[place]]++
    }
    // 96² degrees of freedom; mean + 4 standard deviations.
    expect(chiSquare([...counts], draws / places, places ** 2)).toBeLessThan(96 ** 2 + 4 * Math.sqrt(2 * 96 ** 2))
  })

  it('would be found out by the same test if the last element never moved', () => {
    const counts = new Map<string, number>([
      ['0123', 12_000],
      ['1023', 12_000],
    ])
    expect(chiSquare([...counts.values()], 1000, 24)).toBeGreaterThan(49.7)
  })
})

function chiSquare(counts: readonly number[], expected: number, cells: number): number {
  const empty = (cells - counts.length) * expected
  return empty + counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('pushed sums', () => {
  it.each([1, 2, 4, 64])('with a window of %i add every value once, each time the one rounded furthest', (window) => {
    const { sums } = sumsOf(new Float64Array(300))
    const values = roundingValues(300)
    sums.arranged.set(values)
    for (const direction of [1, -1] as const) {
      expect(sums.pushed(window, direction)).toBe(pushedByHand(values, window, direction))
    }
  })

  it('with a window of one add from left to right', () => {
    const { sums } = sumsOf(new Float64Array(100))
    sums.arranged.set(roundingValues(100))
    expect(sums.pushed(1, 1)).toBe(sums.sequential(sums.arranged))
  })
})

function pushedByHand(values: readonly number[], window: number, direction: number): number {
  const candidates = values.slice(0, window)
  const rest = values.slice(window)
  let sum = -0
  while (candidates.length > 0) {
    const gains = candidates.map((value) => {
      const total = sum + value
      const part = total - sum
      return direction * (part - value - (sum - (total - part)))
    })
    const best = gains.indexOf(Math.max(...gains))
    sum += candidates[best]
    const next = rest.shift()
    if (next !== undefined) candidates[best] = next
    else {
      const last = candidates.pop()
      if (best < candidates.length && last !== undefined) candidates[best] = last
    }
  }
  return sum
}

it('sums that are told to stop are made no more', () => {
  const handle = allocateOrderMemory({ count: 3, slots: 1, threads: 1 })
  const sums = new OrderedSums(handle)
  expect(sums.gathered(sums.values(0))).toBe(0)
  stopSums(handle)
  expect(() => sums.gathered(sums.values(0))).toThrow('told to stop')
  expect(() => sums.pushed(1, 1)).toThrow('told to stop')
})

describe('memory', () => {
  it('beyond 4 GiB is refused with a remedy', () => {
    expect(() => allocateOrderMemory({ count: 1e8, slots: 4, threads: 2 })).toThrow(/want 5\.2 GiB of shared memory/)
  })
})

it('order.wasm is what order.as.ts compiles to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reducible-test-'))
  try {
    const fresh = join(folder, 'order.wasm')
    compileOrder(fresh)
    expect(readFileSync(fresh).equals(readFileSync(join(projectRoot, 'src/spread/wasm/order.wasm')))).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
