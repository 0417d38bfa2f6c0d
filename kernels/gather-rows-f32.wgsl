// x[i, :] = source[rowIds[first + i], :], y[i] = targets[rowIds[first + i]]
// source f32[sourceRows, columns] @binding(1) · targets f32[sourceRows] @binding(2) · rowIds u32[] @binding(3)
// x f32[rows, columns] row-major @binding(4) · y f32[rows] @binding(5)
// One thread per element, one more per row for the target. Subnormals become zeros of the same sign.
// Oracle: gatherRows in src/gradient/twin/rows.ts · test: test/gradient/kernels.test.ts

struct Params { rows: u32, columns: u32, first: u32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read> targets: array<f32>;
@group(0) @binding(3) var<storage, read> rowIds: array<u32>;
@group(0) @binding(4) var<storage, read_write> x: array<f32>;
@group(0) @binding(5) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let width = params.columns + 1u;
  let index = id.x + id.y * params.stride;
  if (index >= params.rows * width) { return; }
  let row = index / width;
  let column = index % width;
  let sourceRow = rowIds[params.first + row];
  if (column == params.columns) {
    y[row] = load(targets[sourceRow]);
  } else {
    x[row * params.columns + column] = load(source[sourceRow * params.columns + column]);
  }
}
