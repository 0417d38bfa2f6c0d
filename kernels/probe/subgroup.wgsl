// result[0, g] = subgroupAdd over the subgroup of the first of the 64 lanes of group g, one number a lane · result[1, g] = lanes of
// that subgroup. In what order a subgroup adds, WGSL leaves open: no kernel of ours uses it.
// a f32[64 · groups] @binding(0) · result f32[2, groups] @binding(1). One group of 64 lanes a sum.
// Oracle: src/gradient/gpu/probe-rows.ts · test: test/gradient/probe.test.ts

enable subgroups;

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(64)
fn plain(
  @builtin(local_invocation_index) lane: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(subgroup_size) size: u32,
) {
  let sum = subgroupAdd(a[group.x * 64u + lane]);
  if (lane == 0u) {
    result[group.x] = sum;
    result[arrayLength(&a) / 64u + group.x] = f32(size);
  }
}
