// The arithmetic of every kernel whose bits matter. Put in front of the kernels that use it (src/gradient/gpu/kernels.ts).
//
// WGSL lets an implementation reassociate, contract a product into an add, and flush subnormals or keep them. settle()
// takes all three freedoms away: the XOR with a zero that only the run time knows hides the value from the compiler, and
// the integer select makes every magnitude up to and including 2^-126 a zero of the same sign. 2^-126 itself is included
// because hardware that flushes before rounding and hardware that rounds before flushing disagree on it.
// exp, log and reciprocal use these two operations and integers only: WGSL's own may differ between drivers.
//
// runtimeZero u32 uniform @group(1) @binding(0), always 0.
// Oracle: src/gradient/arithmetic.ts · test: test/gradient/arithmetic.test.ts

@group(1) @binding(0) var<uniform> runtimeZero: u32;

fn settle(x: f32) -> f32 {
  let bits = bitcast<u32>(x) ^ runtimeZero;
  return bitcast<f32>(select(bits, bits & 0x80000000u, (bits & 0x7fffffffu) <= 0x00800000u));
}

// Operands of add and mul are settled values: results of add, mul or load.
fn load(x: f32) -> f32 { return settle(x); }
fn add(a: f32, b: f32) -> f32 { return settle(a + b); }
fn mul(a: f32, b: f32) -> f32 { return settle(a * b); }
fn negate(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ 0x80000000u); }

// e^x. Within 2 ULP where 2^-126 < e^x < 2^127.5; zero below, Inf above, NaN for NaN.
// x = n ln 2 + r, |r| <= ln 2 / 2; e^r = 1 + r + r^2 Q(r) with Q of degree 4, fitted to relative error 0.06 · 2^-24.
fn exponential(x: f32) -> f32 {
  let magnitude = bitcast<u32>(x) & 0x7fffffffu;
  let limited = select(x, bitcast<f32>((bitcast<u32>(x) & 0x80000000u) | 0x42d00000u), magnitude > 0x42d00000u); // ±104
  let shifted = add(mul(limited, 1.44269502), 12582912.0); // adding 1.5 · 2^23 rounds to an integer
  let n = bitcast<i32>(shifted) - 0x4b400000;
  let nf = add(shifted, -12582912.0);
  let r = add(add(limited, negate(mul(nf, 0.693359375))), mul(nf, 0.00021219444170128554));
  var q = 0.0013814467238262296;
  q = add(mul(q, r), 0.008368780836462975);
  q = add(mul(q, r), 0.04166839271783829);
  q = add(mul(q, r), 0.1666651964187622);
  q = add(mul(q, r), 0.4999999403953552);
  let p = add(1.0, add(r, mul(mul(r, r), q)));
  let scaled = bitcast<i32>(p) + (n << 23u); // p lies in [0.70, 1.42], so only its exponent field moves
  let exponent = (bitcast<i32>(p) >> 23u) + n;
  var bits = select(bitcast<u32>(scaled), 0u, exponent <= 0);
  bits = select(bits, 0x7f800000u, exponent >= 255);
  bits = select(bits, 0x7fc00000u, magnitude > 0x7f800000u);
  return settle(bitcast<f32>(bits));
}

// ln x for positive normal x, NaN for NaN (what it returns for others means nothing). Within 2 ULP.
// x = 2^e m with m in [√½, √2); ln m = f - f²/2 + f³ P(f), f = m - 1, P of degree 7, fitted to 0.1 · 2^-24.
fn logarithm(x: f32) -> f32 {
  let bits = bitcast<i32>(x);
  let e = (bits - 0x3f3504f3) >> 23u;
  let f = add(bitcast<f32>(bits - (e << 23u)), -1.0);
  let ef = f32(e);
  let ff = mul(f, f);
  var p = -0.07634492963552475;
  p = add(mul(p, f), 0.12761574983596802);
  p = add(mul(p, f), -0.13160182535648346);
  p = add(mul(p, f), 0.14201758801937103);
  p = add(mul(p, f), -0.16623356938362122);
  p = add(mul(p, f), 0.20001226663589478);
  p = add(mul(p, f), -0.2500081956386566);
  p = add(mul(p, f), 0.3333333134651184);
  let tail = add(mul(mul(ff, f), p), negate(mul(ef, 0.00021219444170128554)));
  let result = add(add(add(tail, mul(ff, -0.5)), f), mul(ef, 0.693359375));
  return bitcast<f32>(select(bitcast<u32>(result), 0x7fc00000u, (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u));
}

// 1 / x for 2^-100 <= x <= 2^100, positive. Within 2 ULP. Four Newton steps from an exponent-flip guess.
fn reciprocal(x: f32) -> f32 {
  var r = bitcast<f32>(0x7ef311c7u - bitcast<u32>(x));
  for (var i = 0u; i < 4u; i++) {
    r = add(r, mul(r, add(1.0, negate(mul(x, r)))));
  }
  return r;
}
