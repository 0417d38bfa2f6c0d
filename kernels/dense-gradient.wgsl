// One layer's part of partial[block, :]:
// partial[block, start + j · outputs + k] = Σ_{i in block} x[i, j] · delta[i, k], for j < columns
// partial[block, start + columns · outputs + k] = Σ_{i in block} delta[i, k] where biasRows = 1
// partial[block, length − 1] = Σ_{i in block} rowLoss[i], by the layer that ends before it: the last
// x f32[rows, columns] row-major @binding(1) · delta f32[rows, outputs] row-major @binding(2) · rowLoss f32[rows] @binding(3)
// partial f32[blocks, length] @binding(4) · blockStarts u32[blocks + 1] @binding(5)
// Block b holds the rows of the tile from blockStarts[b] up to blockStarts[b + 1], at most 64; a leaf of the order of
// addition begins with a block.
// One thread per (block, 4 columns, 4 outputs), then one per bias, then one for the loss; rows are added in order, so bits
// do not depend on the adapter's scheduling. Past the last column or output a thread makes the last one again.
// (Sixteen sums from eight loads: 33 ms where one sum a thread took 62, 128 × 784 × 128 on SwiftShader.)
// Oracle: denseGradient in src/gradient/twin/dense.ts · test: test/gradient/kernels.test.ts

struct Params { rows: u32, columns: u32, outputs: u32, biasRows: u32, start: u32, length: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> delta: array<f32>;
@group(0) @binding(3) var<storage, read> rowLoss: array<f32>;
@group(0) @binding(4) var<storage, read_write> partial: array<f32>;
@group(0) @binding(5) var<storage, read> blockStarts: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let columns = params.columns;
  let outputs = params.outputs;
  let first = blockStarts[id.y];
  let end = min(blockStarts[id.y + 1u], params.rows);
  let layerAt = id.y * params.length + params.start;
  let outputQuads = (outputs + 3u) / 4u;
  let weightThreads = ((columns + 3u) / 4u) * outputQuads;
  if (id.x < weightThreads) {
    let j = min((id.x / outputQuads) * 4u + vec4u(0u, 1u, 2u, 3u), vec4u(columns - 1u));
    let k = min((id.x % outputQuads) * 4u + vec4u(0u, 1u, 2u, 3u), vec4u(outputs - 1u));
    var xAt = first * columns + j;
    var deltaAt = first * outputs + k;
    var sums = array(noSums(), noSums(), noSums(), noSums());
    for (var i = first; i < end; i++) {
      let d = vec4f(delta[deltaAt.x], delta[deltaAt.y], delta[deltaAt.z], delta[deltaAt.w]);
      sums[0] = addProducts(sums[0], d, x[xAt.x]);
      sums[1] = addProducts(sums[1], d, x[xAt.y]);
      sums[2] = addProducts(sums[2], d, x[xAt.z]);
      sums[3] = addProducts(sums[3], d, x[xAt.w]);
      xAt += vec4u(columns);
      deltaAt += vec4u(outputs);
    }
    for (var c = 0u; c < 4u; c++) {
      for (var o = 0u; o < 4u; o++) {
        partial[layerAt + j[c] * outputs + k[o]] = sums[c][o];
      }
    }
    return;
  }
  let other = id.x - weightThreads;
  let biases = params.biasRows * outputs;
  let weights = columns * outputs;
  if (other < biases) {
    var sum = delta[first * outputs + other];
    for (var i = first + 1u; i < end; i++) {
      sum = add(sum, delta[i * outputs + other]);
    }
    partial[layerAt + weights + other] = sum;
  } else if (other == biases && params.start + weights + biases == params.length - 1u) {
    var sum = rowLoss[first];
    for (var i = first + 1u; i < end; i++) {
      sum = add(sum, rowLoss[i]);
    }
    partial[layerAt + weights + biases] = sum;
  }
}
