// Four sums side by side. Put in front of the kernels whose threads make four (src/gradient/gpu/kernels.ts): what is loaded
// once for all four is b. Each sum is the one a thread of its own would make, bit for bit.
// Oracle: add and mul in src/gradient/arithmetic.ts · test: test/gradient/kernels.test.ts

// −0 and not +0: −0 + x is x for every x, so a sum starts from its first operand.
fn noSums() -> vec4f { return vec4f(negate(settle(0.0))); }

// sums[i] + a[i] · b, of settled values.
fn addProducts(sums: vec4f, a: vec4f, b: f32) -> vec4f {
  return vec4f(
    add(sums.x, mul(a.x, b)),
    add(sums.y, mul(a.y, b)),
    add(sums.z, mul(a.z, b)),
    add(sums.w, mul(a.w, b)),
  );
}
