// logits[i, k] = Σ_j x[i, j] · w[j, k] + w[columns, k]: the last row of a layer's w is the bias
// x f32[rows, columns] row-major, columns a multiple of 4 @binding(1)
// w f32[columns + 1, outputs] row-major, from element weightsStart of all weights @binding(2)
// logits f32[rows, outputs] row-major @binding(3)
// One thread per (4 rows, output); columns are added from left to right, the bias last. Past the last row a thread makes
// the last row again: the same bits to the same place.
// (Four rows a thread and four columns a load: 60 ms instead of 120 for 256 × 784 × 128 on SwiftShader.)
// Oracle: denseForward in src/gradient/twin/dense.ts · test: test/gradient/kernels.test.ts

struct Params { rows: u32, columns: u32, outputs: u32, weightsStart: u32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> w: array<f32>;
@group(0) @binding(3) var<storage, read_write> logits: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let index = id.x + id.y * params.stride;
  let outputs = params.outputs;
  let firstRow = (index / outputs) * 4u;
  if (firstRow >= params.rows) { return; }
  let row = min(firstRow + vec4u(0u, 1u, 2u, 3u), vec4u(params.rows - 1u));
  let quads = params.columns / 4u;
  let at = row * quads;
  let k = index % outputs;
  var wk = params.weightsStart + k;
  var sums = noSums();
  for (var quad = 0u; quad < quads; quad++) {
    let byColumn = transpose(mat4x4f(x[at.x + quad], x[at.y + quad], x[at.z + quad], x[at.w + quad]));
    sums = addProducts(sums, byColumn[0], w[wk]);
    sums = addProducts(sums, byColumn[1], w[wk + outputs]);
    sums = addProducts(sums, byColumn[2], w[wk + 2u * outputs]);
    sums = addProducts(sums, byColumn[3], w[wk + 3u * outputs]);
    wk += 4u * outputs;
  }
  for (var i = 0u; i < 4u; i++) {
    logits[row[i] * outputs + k] = add(sums[i], w[wk]);
  }
}
