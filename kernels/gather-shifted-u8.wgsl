// x[i, line, c] = source[rowIds[first + i], line − down, c − right] · f32(1/255), 0 outside; label[i] = labels[rowIds[first + i]]
// down and right, −pixels … pixels each, are row i's draw of the stream `shift` (src/core/streams.ts).
// draws @binding(1) · source u8[sourceRows, width, width], four bytes a word @binding(2) · labels u32[sourceRows] @binding(3)
// rowIds u32[] @binding(4) · x f32[rows, width, width] row-major @binding(5) · label u32[rows] @binding(6)
// positions u32[] @binding(7): of row first + i in the global batch
// One thread per image line, one more per row for the label.
// Oracle: gatherShiftedRows in src/gradient/twin/rows.ts · test: test/gradient/mlp.test.ts

struct Params { rows: u32, width: u32, first: u32, pixels: u32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> draws: StepDraws;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read> labels: array<u32>;
@group(0) @binding(4) var<storage, read> rowIds: array<u32>;
@group(0) @binding(5) var<storage, read_write> x: array<f32>;
@group(0) @binding(6) var<storage, read_write> label: array<u32>;
@group(0) @binding(7) var<storage, read> positions: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let width = params.width;
  let index = id.x + id.y * params.stride;
  if (index >= params.rows * (width + 1u)) { return; }
  let row = index / (width + 1u);
  let line = index % (width + 1u);
  let sourceRow = rowIds[params.first + row];
  if (line == width) {
    label[row] = labels[sourceRow];
    return;
  }
  let position = positions[params.first + row];
  let words = threefry(draws.shiftKey, vec2u(position, 0u)) % vec2u(2u * params.pixels + 1u);
  // Below zero wraps around to a number past the width: one comparison finds both edges.
  let sourceLine = line + params.pixels - words.x;
  let sourceAt = (sourceRow * width + sourceLine) * width;
  let at = (row * width + line) * width;
  for (var c = 0u; c < width; c++) {
    let sourceColumn = c + params.pixels - words.y;
    var value = 0.0;
    if (sourceLine < width && sourceColumn < width) {
      let byteAt = sourceAt + sourceColumn;
      value = mul(f32((source[byteAt / 4u] >> (8u * (byteAt % 4u))) & 0xffu), 0.003921568859368563);
    }
    x[at + c] = value;
  }
}
