// partial[first + g, 0] = Σ_i rowLoss[i], partial[first + g, 1] = Σ_i hit[i]: the numerators of mean loss and accuracy.
// Group g adds rows g · rowsPerGroup up to (g + 1) · rowsPerGroup: a whole tile, or under `exact` one block.
// The one division by the row count follows the all-reduce, as for the gradient.
// rowLoss f32[rows] @binding(1) · hit f32[rows] @binding(2) · partial f32[·, 2] @binding(3)
// A group's lane l adds its rows l, l + 64, … in order, then a fixed tree over the 64 lanes (stride 32, 16, … 1).
// A lane without rows holds +0, which changes no sum but −0.
// Oracle: meanLoss in src/gradient/twin/losses.ts · test: test/gradient/kernels.test.ts

struct Params { rows: u32, first: u32, rowsPerGroup: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> rowLoss: array<f32>;
@group(0) @binding(2) var<storage, read> hit: array<f32>;
@group(0) @binding(3) var<storage, read_write> partial: array<f32>;

var<workgroup> losses: array<f32, 64>;
var<workgroup> hits: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3u) {
  let start = group.x * params.rowsPerGroup;
  let end = min(start + params.rowsPerGroup, params.rows);
  var loss = 0.0;
  var right = 0.0;
  for (var i = start + lane; i < end; i += 64u) {
    loss = add(loss, rowLoss[i]);
    right = add(right, hit[i]);
  }
  losses[lane] = loss;
  hits[lane] = right;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride >>= 1u) {
    if (lane < stride) {
      losses[lane] = add(losses[lane], losses[lane + stride]);
      hits[lane] = add(hits[lane], hits[lane + stride]);
    }
    workgroupBarrier();
  }
  if (lane == 0u) {
    let at = (params.first + group.x) * 2u;
    partial[at] = losses[0];
    partial[at + 1u] = hits[0];
  }
}
