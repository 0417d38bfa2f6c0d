// sum[g] = Σ over the 64 numbers of group g, one a lane, by strides 32, 16, … 1 in workgroup memory. `guarded` has a barrier
// before each stride, as mean-loss.wgsl has; `plain` has none, a race on purpose: does it show?
// a f32[64 · groups] @binding(0) · sum f32[groups] @binding(1). One group of 64 lanes a sum. arithmetic.wgsl is put in front.
// Oracle: src/gradient/gpu/probe-rows.ts · test: test/gradient/probe.test.ts

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read_write> sum: array<f32>;

var<workgroup> sums: array<f32, 64>;

@compute @workgroup_size(64)
fn plain(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3u) {
  sums[lane] = load(a[group.x * 64u + lane]);
  for (var stride = 32u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { sums[lane] = add(sums[lane], sums[lane + stride]); }
  }
  if (lane == 0u) { sum[group.x] = sums[0]; }
}

@compute @workgroup_size(64)
fn guarded(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3u) {
  sums[lane] = load(a[group.x * 64u + lane]);
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { sums[lane] = add(sums[lane], sums[lane + stride]); }
    workgroupBarrier();
  }
  if (lane == 0u) { sum[group.x] = sums[0]; }
}
