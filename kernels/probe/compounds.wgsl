// What a compiler may rewrite: result[k, i] for k = 0 a · b + c (may be fused) · 1 (a + b) − a (may be simplified to b) ·
// 2 the error of a + b by Knuth's TwoSum · 3 the error of a · b by Dekker's TwoProd, over halves of 12 bits.
// `plain` writes them as WGSL has them, `guarded` as the kernels do (arithmetic.wgsl, which is put in front).
// a f32[n] @binding(0) · b f32[n] @binding(1) · c f32[n] @binding(2) · result f32[4, n] @binding(3). One thread an element.
// Oracle: src/gradient/gpu/probe-rows.ts · test: test/gradient/probe.test.ts

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read> c: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;

fn plainHigh(x: f32) -> f32 {
  let scaled = 4097.0 * x;
  return scaled - (scaled - x);
}

@compute @workgroup_size(64)
fn plain(@builtin(global_invocation_id) id: vec3u) {
  let n = arrayLength(&a);
  let i = id.x;
  if (i >= n) { return; }
  let x = a[i];
  let y = b[i];
  result[i] = x * y + c[i];
  result[n + i] = (x + y) - x;
  let sum = x + y;
  let part = sum - x;
  result[2u * n + i] = (x - (sum - part)) + (y - part);
  let product = x * y;
  let xHigh = plainHigh(x);
  let yHigh = plainHigh(y);
  let xLow = x - xHigh;
  let yLow = y - yHigh;
  result[3u * n + i] = ((xHigh * yHigh - product) + xHigh * yLow + xLow * yHigh) + xLow * yLow;
}

fn sub(x: f32, y: f32) -> f32 { return add(x, negate(y)); }

fn guardedHigh(x: f32) -> f32 {
  let scaled = mul(4097.0, x);
  return sub(scaled, sub(scaled, x));
}

@compute @workgroup_size(64)
fn guarded(@builtin(global_invocation_id) id: vec3u) {
  let n = arrayLength(&a);
  let i = id.x;
  if (i >= n) { return; }
  let x = load(a[i]);
  let y = load(b[i]);
  result[i] = add(mul(x, y), load(c[i]));
  result[n + i] = sub(add(x, y), x);
  let sum = add(x, y);
  let part = sub(sum, x);
  result[2u * n + i] = add(sub(x, sub(sum, part)), sub(y, part));
  let product = mul(x, y);
  let xHigh = guardedHigh(x);
  let yHigh = guardedHigh(y);
  let xLow = sub(x, xHigh);
  let yLow = sub(y, yHigh);
  let middle = add(add(sub(mul(xHigh, yHigh), product), mul(xHigh, yLow)), mul(xLow, yHigh));
  result[3u * n + i] = add(middle, mul(xLow, yLow));
}
