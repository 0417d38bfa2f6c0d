// sum[g] = Σ over the 64 numbers of group g, by one thread, from the first to the last. `plain` adds as WGSL does, which may
// reassociate; `guarded` as the kernels do (arithmetic.wgsl, which is put in front).
// a f32[64 · groups] @binding(0) · sum f32[groups] @binding(1). One group of one thread a sum.
// Oracle: src/gradient/gpu/probe-rows.ts · test: test/gradient/probe.test.ts

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read_write> sum: array<f32>;

@compute @workgroup_size(1)
fn plain(@builtin(workgroup_id) group: vec3u) {
  var total = a[group.x * 64u];
  for (var i = 1u; i < 64u; i++) { total = total + a[group.x * 64u + i]; }
  sum[group.x] = total;
}

@compute @workgroup_size(1)
fn guarded(@builtin(workgroup_id) group: vec3u) {
  var total = load(a[group.x * 64u]);
  for (var i = 1u; i < 64u; i++) { total = add(total, load(a[group.x * 64u + i])); }
  sum[group.x] = total;
}
