// AssemblyScript, not TypeScript. `npm run wasm` compiles it to order.wasm, which is checked in.
// Addresses are in bytes, counts in elements; regions lie whole in the imported shared memory: values f64, orders u32.

/** values[0] + values[1] + …, one chain. */
export function sequentialSum(values: usize, count: u32): f64 {
  let sum = load<f64>(values)
  const end = values + ((<usize>count) << 3)
  for (let at = values + 8; at < end; at += 8) sum += load<f64>(at)
  return sum
}

/** values[order[0]] + values[order[1]] + …, one chain. The loads of eight elements do not wait for their additions. */
export function gatheredSum(values: usize, order: usize, count: u32): f64 {
  let sum = load<f64>(at(values, order))
  const end = order + ((<usize>count) << 2)
  order += 4
  while (order + 32 <= end) {
    const a = load<f64>(at(values, order))
    const b = load<f64>(at(values, order + 4))
    const c = load<f64>(at(values, order + 8))
    const d = load<f64>(at(values, order + 12))
    const e = load<f64>(at(values, order + 16))
    const f = load<f64>(at(values, order + 20))
    const g = load<f64>(at(values, order + 24))
    const h = load<f64>(at(values, order + 28))
    sum = sum + a + b + c + d + e + f + g + h
    order += 32
  }
  for (; order < end; order += 4) sum += load<f64>(at(values, order))
  return sum
}

function at(values: usize, order: usize): usize {
  return values + ((<usize>load<u32>(order)) << 3)
}

/**
 * A uniform order of 0 … count − 1: Fisher and Yates from the last element down, each draw by Lemire's method, which
 * rejects what would favour a value. Draw d is word d of the stream: counter (⌊d/2⌋, 0), word d mod 2.
 * @param words room for 1024 of them.
 */
export function drawOrder(order: usize, count: u32, words: usize, key0: u32, key1: u32): void {
  for (let i: u32 = 0; i < count; i++) store<u32>(order + ((<usize>i) << 2), i)
  const end = words + 4096
  let word = end
  let block: u32 = 0
  for (let bound = count; bound > 1; bound--) {
    let product: u64
    while (true) {
      if (word === end) {
        fillWords(words, key0, key1, block)
        block += 512
        word = words
      }
      product = <u64>load<u32>(word) * bound
      word += 4
      const low = <u32>product
      if (low >= bound || low >= (0 - bound) % bound) break
    }
    const last = order + ((<usize>(bound - 1)) << 2)
    const chosen = order + ((<usize>(product >> 32)) << 2)
    const kept = load<u32>(last)
    store<u32>(last, load<u32>(chosen))
    store<u32>(chosen, kept)
  }
}

/** Threefry-2x32, 20 rounds, over 512 counters from (block, 0), four at a time. Twin: src/core/streams.ts. */
function fillWords(words: usize, key0: u32, key1: u32, block: u32): void {
  const k0 = i32x4.splat(key0)
  const k1 = i32x4.splat(key1)
  const k2 = i32x4.splat(key0 ^ key1 ^ 0x1bd11bda)
  for (let i: u32 = 0; i < 512; i += 4) {
    let a = i32x4.add(i32x4.add(i32x4.splat(block + i), i32x4(0, 1, 2, 3)), k0)
    let b = k1
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 13), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 15), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 26), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 6), a)
    a = i32x4.add(a, k1)
    b = i32x4.add(b, i32x4.add(k2, i32x4.splat(1)))
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 17), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 29), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 16), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 24), a)
    a = i32x4.add(a, k2)
    b = i32x4.add(b, i32x4.add(k0, i32x4.splat(2)))
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 13), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 15), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 26), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 6), a)
    a = i32x4.add(a, k0)
    b = i32x4.add(b, i32x4.add(k1, i32x4.splat(3)))
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 17), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 29), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 16), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 24), a)
    a = i32x4.add(a, k1)
    b = i32x4.add(b, i32x4.add(k2, i32x4.splat(4)))
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 13), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 15), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 26), a)
    a = i32x4.add(a, b)
    b = v128.xor(rotated(b, 6), a)
    a = i32x4.add(a, k2)
    b = i32x4.add(b, i32x4.add(k0, i32x4.splat(5)))
    const to = words + ((<usize>i) << 3)
    v128.store(to, i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23))
    v128.store(to, i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31), 16)
  }
}

function rotated(lanes: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(lanes, bits), i32x4.shr_u(lanes, 32 - bits))
}

/**
 * The sum of all values in an order that a window of candidates leaves open: next is always the candidate whose
 * addition is rounded furthest up (direction 1) or down (direction −1); the next value takes its place.
 * @param window room for windowSize values; windowSize is at least 1.
 */
export function pushedSum(values: usize, count: u32, window: usize, windowSize: u32, direction: f64): f64 {
  const size: u32 = min(windowSize, count)
  memory.copy(window, values, (<usize>size) << 3)
  let next = values + ((<usize>size) << 3)
  const end = values + ((<usize>count) << 3)
  let windowEnd = window + ((<usize>size) << 3)
  let sum: f64 = -0.0
  while (windowEnd > window) {
    let best = window
    let bestGain: f64 = -Infinity
    let bestSum: f64 = sum
    for (let candidate = window; candidate < windowEnd; candidate += 8) {
      const value = load<f64>(candidate)
      const total = sum + value
      // TwoSum: the exact error of the addition, what was added too much.
      const part = total - sum
      const gain = direction * (part - value - (sum - (total - part)))
      if (gain > bestGain) {
        best = candidate
        bestGain = gain
        bestSum = total
      }
    }
    sum = bestSum
    if (next < end) {
      store<f64>(best, load<f64>(next))
      next += 8
    } else {
      windowEnd -= 8
      store<f64>(best, load<f64>(windowEnd))
    }
  }
  return sum
}
