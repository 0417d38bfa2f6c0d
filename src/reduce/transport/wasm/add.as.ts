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
