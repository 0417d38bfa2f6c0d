// total[totalStart + e] = Σ_b partial[firstBlock + b, start + e], e < elements, after what that total held where goesOn = 1
// partial f32[·, length] row-major @binding(1) · total f32 @binding(2)
// One thread per element; blocks are added in order, so tile after tile makes the same bits as all blocks at once.
// A rank sends this unnormalised sum.
// Oracle: sumBlocks in src/gradient/twin/dense.ts · test: test/gradient/kernels.test.ts

struct Params {
  blocks: u32, elements: u32, goesOn: u32, stride: u32, firstBlock: u32, length: u32, start: u32, totalStart: u32
}
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partial: array<f32>;
@group(0) @binding(2) var<storage, read_write> total: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let element = id.x + id.y * params.stride;
  if (element >= params.elements) { return; }
  let sumAt = params.totalStart + element;
  var at = params.firstBlock * params.length + params.start + element;
  var sum = partial[at];
  if (params.goesOn == 1u) { sum = add(total[sumAt], sum); }
  for (var b = 1u; b < params.blocks; b++) {
    at += params.length;
    sum = add(sum, partial[at]);
  }
  total[sumAt] = sum;
}
