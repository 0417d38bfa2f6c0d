// total[e] = Σ_b partial[b, e]
// partial f32[blocks, elements] row-major @binding(1) · total f32[elements] @binding(2)
// One thread per element; blocks are added in order. A rank sends this unnormalised sum.
// Oracle: sumBlocks in src/gradient/twin.ts · test: test/gradient/kernels.test.ts

struct Params { blocks: u32, elements: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partial: array<f32>;
@group(0) @binding(2) var<storage, read_write> total: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let element = id.x;
  if (element >= params.elements) { return; }
  var sum = partial[element];
  for (var b = 1u; b < params.blocks; b++) {
    sum = add(sum, partial[b * params.elements + element]);
  }
  total[element] = sum;
}
