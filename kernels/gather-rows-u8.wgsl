// x[i, :] = source[rowIds[first + i], :] · f32(1/255), label[i] = labels[rowIds[first + i]]
// source u8[sourceRows, columns], four bytes a word, columns a multiple of 4 @binding(1) · labels u32[sourceRows] @binding(2)
// rowIds u32[] @binding(3) · x f32[rows, columns] row-major @binding(4) · label u32[rows] @binding(5)
// One thread per word, one more per row for the label.
// Oracle: gatherRows in src/gradient/twin/rows.ts · test: test/gradient/kernels.test.ts

struct Params { rows: u32, columns: u32, first: u32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read> labels: array<u32>;
@group(0) @binding(3) var<storage, read> rowIds: array<u32>;
@group(0) @binding(4) var<storage, read_write> x: array<f32>;
@group(0) @binding(5) var<storage, read_write> label: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let words = params.columns / 4u;
  let width = words + 1u;
  let index = id.x + id.y * params.stride;
  if (index >= params.rows * width) { return; }
  let row = index / width;
  let word = index % width;
  let sourceRow = rowIds[params.first + row];
  if (word == words) {
    label[row] = labels[sourceRow];
    return;
  }
  let bytes = source[sourceRow * words + word];
  let at = row * params.columns + word * 4u;
  for (var b = 0u; b < 4u; b++) {
    x[at + b] = mul(f32((bytes >> (8u * b)) & 0xffu), 0.003921568859368563);
  }
}
