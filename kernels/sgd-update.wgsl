// w[i] = w[i] − learningRate · (scale · sum[i])
// sum f32[weights] is the all-reduced, unnormalised gradient @binding(1) · w f32[weights] @binding(2)
// scale is 2/n for least squares and 1/n for cross-entropy, n the rows of the global batch: the one scaling.
// One thread per weight; two products and one difference, each rounded once.
// Oracle: sgdUpdate in src/gradient/twin.ts · test: test/gradient/kernels.test.ts

struct Params { weights: u32, learningRate: f32, scale: f32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> sum: array<f32>;
@group(0) @binding(2) var<storage, read_write> w: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x + id.y * params.stride;
  if (i >= params.weights) { return; }
  let gradient = mul(params.scale, load(sum[i]));
  w[i] = add(w[i], negate(mul(params.learningRate, gradient)));
}
