// residual[i] = dot(x[i, :], w) − y[i], rowLoss[i] = residual[i]², hit[i] = 0
// x f32[rows, columns] row-major @binding(1) · w f32[columns] @binding(2) · y f32[rows] @binding(3)
// residual f32[rows] @binding(4) · rowLoss f32[rows] @binding(5) · hit f32[rows] @binding(6)
// One thread per row; columns are added from left to right.
// Oracle: leastSquares in src/gradient/twin/losses.ts · test: test/gradient/kernels.test.ts

struct Params { rows: u32, columns: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> w: array<f32>;
@group(0) @binding(3) var<storage, read> y: array<f32>;
@group(0) @binding(4) var<storage, read_write> residual: array<f32>;
@group(0) @binding(5) var<storage, read_write> rowLoss: array<f32>;
@group(0) @binding(6) var<storage, read_write> hit: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= params.rows) { return; }
  let at = row * params.columns;
  var sum = mul(x[at], w[0]);
  for (var j = 1u; j < params.columns; j++) {
    sum = add(sum, mul(x[at + j], w[j]));
  }
  let r = add(sum, negate(y[row]));
  residual[row] = r;
  rowLoss[row] = mul(r, r);
  hit[row] = 0.0;
}
