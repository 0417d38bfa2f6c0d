// unit[i, u] = unit[i, u] · scale where it is above zero and kept, else +0. In place. NaN stays NaN.
// A unit is dropped where its word of the stream `dropout` (src/core/streams.ts) is below threshold; 0 drops none.
// draws @binding(1) · unit f32[rows, units] row-major @binding(2)
// positions u32[] @binding(3): of row first + i in the global batch.
// first is the tile's first row, firstUnit the layer's first among all hidden units. One thread per element.
// Oracle: reluDropout in src/gradient/twin/dense.ts · test: test/gradient/mlp.test.ts

struct Params { rows: u32, units: u32, first: u32, firstUnit: u32, threshold: u32, scale: f32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> draws: StepDraws;
@group(0) @binding(2) var<storage, read_write> unit: array<f32>;
@group(0) @binding(3) var<storage, read> positions: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let index = id.x + id.y * params.stride;
  if (index >= params.rows * params.units) { return; }
  let bits = bitcast<u32>(unit[index]);
  let isNaN = (bits & 0x7fffffffu) > 0x7f800000u;
  let isPositive = bits != 0u && bits <= 0x7f800000u;
  var kept = true;
  if (params.threshold > 0u) {
    let position = positions[params.first + index / params.units];
    kept = threefry(draws.dropoutKey, vec2u(position, params.firstUnit + index % params.units)).x >= params.threshold;
  }
  unit[index] = select(0.0, mul(unit[index], params.scale), isNaN || (isPositive && kept));
}
