// logits[i, k] = Σ_j x[i, j] · w[j, k] + w[columns, k]: the last row of w is the bias
// x f32[rows, columns] row-major @binding(1) · w f32[columns + 1, outputs] row-major @binding(2)
// logits f32[rows, outputs] row-major @binding(3)
// One thread per (row, output); columns are added from left to right, the bias last.
// Oracle: denseForward in src/gradient/twin.ts · test: test/gradient/kernels.test.ts

struct Params { rows: u32, columns: u32, outputs: u32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> w: array<f32>;
@group(0) @binding(3) var<storage, read_write> logits: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let index = id.x + id.y * params.stride;
  if (index >= params.rows * params.outputs) { return; }
  let at = (index / params.outputs) * params.columns;
  let k = index % params.outputs;
  var sum = mul(x[at], w[k]);
  for (var j = 1u; j < params.columns; j++) {
    sum = add(sum, mul(x[at + j], w[j * params.outputs + k]));
  }
  logits[index] = add(sum, w[params.columns * params.outputs + k]);
}
