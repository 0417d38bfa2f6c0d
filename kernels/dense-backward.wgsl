// below[i, j] = (Σ_k delta[i, k] · w[j, k]) · scale where unit[i, j] is not zero, else +0: through w, then ReLU and dropout
// delta f32[rows, outputs] row-major @binding(1)
// w f32[columns + 1, outputs] row-major, from element weightsStart of all weights; its last row, the bias, has no part @binding(2)
// unit f32[rows, columns] row-major is what relu-dropout made: +0 where a unit was dropped or not above zero @binding(3)
// below f32[rows, columns] row-major @binding(4)
// One thread per (4 rows, column); outputs are added from left to right. Past the last row a thread makes it again.
// Oracle: denseBackward in src/gradient/twin/dense.ts · test: test/gradient/mlp.test.ts

struct Params { rows: u32, columns: u32, outputs: u32, weightsStart: u32, scale: f32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> delta: array<f32>;
@group(0) @binding(2) var<storage, read> w: array<f32>;
@group(0) @binding(3) var<storage, read> unit: array<f32>;
@group(0) @binding(4) var<storage, read_write> below: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let index = id.x + id.y * params.stride;
  let columns = params.columns;
  let outputs = params.outputs;
  let firstRow = (index / columns) * 4u;
  if (firstRow >= params.rows) { return; }
  let row = min(firstRow + vec4u(0u, 1u, 2u, 3u), vec4u(params.rows - 1u));
  let j = index % columns;
  let at = row * outputs;
  let wj = params.weightsStart + j * outputs;
  var sums = noSums();
  for (var k = 0u; k < outputs; k++) {
    sums = addProducts(sums, vec4f(delta[at.x + k], delta[at.y + k], delta[at.z + k], delta[at.w + k]), w[wj + k]);
  }
  for (var i = 0u; i < 4u; i++) {
    let element = row[i] * columns + j;
    below[element] = select(0.0, mul(sums[i], params.scale), bitcast<u32>(unit[element]) != 0u);
  }
}
