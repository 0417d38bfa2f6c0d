// partial[block, j · outputs + k] = Σ_{i in block} x[i, j] · delta[i, k], for j < columns
// partial[block, columns · outputs + k] = Σ_{i in block} delta[i, k] where biasRows = 1
// partial[block, last] = Σ_{i in block} rowLoss[i]
// x f32[rows, columns] row-major @binding(1) · delta f32[rows, outputs] row-major @binding(2) · rowLoss f32[rows] @binding(3)
// partial f32[blocks, (columns + biasRows) · outputs + 1] @binding(4)
// A block is 64 rows of the tile, the last one may be shorter; firstBlock is the tile's first block.
// One thread per (block, element); rows are added in order, so bits do not depend on the adapter's scheduling.
// Oracle: denseGradient in src/gradient/twin.ts · test: test/gradient/kernels.test.ts

struct Params { rows: u32, columns: u32, outputs: u32, biasRows: u32, firstBlock: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> delta: array<f32>;
@group(0) @binding(3) var<storage, read> rowLoss: array<f32>;
@group(0) @binding(4) var<storage, read_write> partial: array<f32>;

const rowsPerBlock = 64u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let element = id.x;
  let weights = params.columns * params.outputs;
  let last = weights + params.biasRows * params.outputs;
  if (element > last) { return; }
  let start = id.y * rowsPerBlock;
  let end = min(start + rowsPerBlock, params.rows);
  let j = element / params.outputs;
  let k = element % params.outputs;
  var sum: f32;
  if (element < weights) {
    sum = mul(x[start * params.columns + j], delta[start * params.outputs + k]);
    for (var i = start + 1u; i < end; i++) {
      sum = add(sum, mul(x[i * params.columns + j], delta[i * params.outputs + k]));
    }
  } else if (element < last) {
    sum = delta[start * params.outputs + k];
    for (var i = start + 1u; i < end; i++) {
      sum = add(sum, delta[i * params.outputs + k]);
    }
  } else {
    sum = rowLoss[start];
    for (var i = start + 1u; i < end; i++) {
      sum = add(sum, rowLoss[i]);
    }
  }
  partial[(params.firstBlock + id.y) * (last + 1u) + element] = sum;
}
