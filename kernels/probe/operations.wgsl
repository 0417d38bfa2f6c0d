// The operations one by one: result[k, i] for k = 0 a, loaded and stored · 1 a + b · 2 a · b · 3 is a + b NaN by its bits (1 or 0) ·
// 4 a / b. `plain` writes them as WGSL has them, `guarded` as the kernels do (arithmetic.wgsl, which is put in front; no division).
// a f32[n] @binding(0) · b f32[n] @binding(1) · result f32[5, n] @binding(2). One thread an element.
// Oracle: src/gradient/gpu/probe-rows.ts · test: test/gradient/probe.test.ts

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

fn oneWhereNaN(x: f32) -> f32 {
  return select(0.0, 1.0, (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u);
}

@compute @workgroup_size(64)
fn plain(@builtin(global_invocation_id) id: vec3u) {
  let n = arrayLength(&a);
  let i = id.x;
  if (i >= n) { return; }
  result[i] = a[i];
  result[n + i] = a[i] + b[i];
  result[2u * n + i] = a[i] * b[i];
  result[3u * n + i] = oneWhereNaN(a[i] + b[i]);
  result[4u * n + i] = a[i] / b[i];
}

@compute @workgroup_size(64)
fn guarded(@builtin(global_invocation_id) id: vec3u) {
  let n = arrayLength(&a);
  let i = id.x;
  if (i >= n) { return; }
  let x = load(a[i]);
  let y = load(b[i]);
  result[i] = x;
  result[n + i] = add(x, y);
  result[2u * n + i] = mul(x, y);
  result[3u * n + i] = oneWhereNaN(add(x, y));
}
