// AssemblyScript, not TypeScript. `node src/reduce/transport/wasm/generate.ts` compiles it to add.wasm, which is checked in.
// Addresses and sizes are in bytes; regions are 4-byte aligned and lie whole in the imported shared memory.

/** to[i] += from[i] over f32. Lanes are added one by one, so the bits are those of a scalar loop. */
export function add(to: usize, from: usize, byteLength: usize): void {
  const end = to + byteLength
  const unrolledEnd = to + (byteLength & ~63)
  while (to < unrolledEnd) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)))
    v128.store(to, f32x4.add(v128.load(to, 16), v128.load(from, 16)), 16)
    v128.store(to, f32x4.add(v128.load(to, 32), v128.load(from, 32)), 32)
    v128.store(to, f32x4.add(v128.load(to, 48), v128.load(from, 48)), 48)
    to += 64
    from += 64
  }
  while (to < end) {
    store<f32>(to, load<f32>(to) + load<f32>(from))
    to += 4
    from += 4
  }
}

/** to[i] = from[i]: faster than TypedArray.set, which copies shared memory word by word. */
export function copy(to: usize, from: usize, byteLength: usize): void {
  memory.copy(to, from, byteLength)
}

// What follows is the loops of arithmetic/exact.ts. Counts are of elements; f64 values are limbs.

/** limbs[i] += terms[i] over f64. */
export function addLimbs(to: usize, from: usize, byteLength: usize): void {
  const end = to + byteLength
  const unrolledEnd = to + (byteLength & ~63)
  while (to < unrolledEnd) {
    v128.store(to, f64x2.add(v128.load(to), v128.load(from)))
    v128.store(to, f64x2.add(v128.load(to, 16), v128.load(from, 16)), 16)
    v128.store(to, f64x2.add(v128.load(to, 32), v128.load(from, 32)), 32)
    v128.store(to, f64x2.add(v128.load(to, 48), v128.load(from, 48)), 48)
    to += 64
    from += 64
  }
  while (to < end) {
    store<f64>(to, load<f64>(to) + load<f64>(from))
    to += 8
    from += 8
  }
}

/**
 * In the high word the bits of the greatest finite magnitude, its sign bit set where some value is not finite; in the low word
 * the bits of the least magnitude above zero, less one.
 */
export function magnitudes(values: usize, count: usize): u64 {
  const end = values + 4 * count
  const unrolledEnd = values + ((4 * count) & ~15)
  let greatest = i32x4.splat(0)
  let leastLessOne = i32x4.splat(-1)
  let notFinite = i32x4.splat(0)
  while (values < unrolledEnd) {
    const magnitude = v128.and(v128.load(values), i32x4.splat(0x7fffffff))
    const finiteLanes = i32x4.lt_s(magnitude, i32x4.splat(0x7f800000))
    const finite = v128.and(magnitude, finiteLanes)
    notFinite = v128.or(notFinite, v128.not(finiteLanes))
    greatest = i32x4.max_s(greatest, finite)
    // Of a zero: the greatest word.
    leastLessOne = i32x4.min_u(leastLessOne, i32x4.sub(finite, i32x4.splat(1)))
    values += 16
  }
  let most = max(
    max(i32x4.extract_lane(greatest, 0), i32x4.extract_lane(greatest, 1)),
    max(i32x4.extract_lane(greatest, 2), i32x4.extract_lane(greatest, 3)),
  )
  let least = min(
    min(u32(i32x4.extract_lane(leastLessOne, 0)), u32(i32x4.extract_lane(leastLessOne, 1))),
    min(u32(i32x4.extract_lane(leastLessOne, 2)), u32(i32x4.extract_lane(leastLessOne, 3))),
  )
  let others = v128.any_true(notFinite) ? 1 : 0
  while (values < end) {
    const magnitude = load<i32>(values) & 0x7fffffff
    const finite = magnitude < 0x7f800000 ? magnitude : 0
    if (finite < magnitude) others = 1
    most = max(most, finite)
    least = min(least, u32(finite - 1))
    values += 4
  }
  return (u64(most) << 32) | (u64(others) << 63) | u64(least)
}

/** limbs[i] = values[i] · scale. */
export function widen(limbs: usize, values: usize, count: usize, scale: f64): void {
  const end = values + 4 * count
  const unrolledEnd = values + ((4 * count) & ~15)
  const scales = f64x2.splat(scale)
  while (values < unrolledEnd) {
    const four = v128.load(values)
    v128.store(limbs, f64x2.mul(f64x2.promote_low_f32x4(four), scales))
    v128.store(limbs, f64x2.mul(f64x2.promote_low_f32x4(v128.shuffle<u64>(four, four, 1, 0)), scales), 16)
    values += 16
    limbs += 32
  }
  while (values < end) {
    store<f64>(limbs, f64(load<f32>(values)) * scale)
    values += 4
    limbs += 8
  }
}

/** values[i] = limbs[i] · scale, to nearest even. */
export function narrow(values: usize, limbs: usize, count: usize, scale: f64): void {
  const end = values + 4 * count
  const unrolledEnd = values + ((4 * count) & ~15)
  const scales = f64x2.splat(scale)
  while (values < unrolledEnd) {
    const low = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(limbs), scales))
    const high = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(limbs, 16), scales))
    v128.store(values, v128.shuffle<u64>(low, high, 0, 2))
    values += 16
    limbs += 32
  }
  while (values < end) {
    store<f32>(values, f32(load<f64>(limbs) * scale))
    values += 4
    limbs += 8
  }
}
