// velocity[i] = momentum · velocity[i] + scale · sum[i]; w[i] = w[i] − learningRate · velocity[i]
// sum f32[weights] is the all-reduced, unnormalised gradient @binding(1) · velocity f32[weights], at first 0 @binding(2)
// w f32[weights] @binding(3) · scale as in sgd-update.wgsl, which stands for momentum 0
// One thread per weight; three products, one sum and one difference, each rounded once.
// Source: Sutskever, Martens, Dahl & Hinton 2013, On the importance of initialization and momentum, without Nesterov's step.
// Oracle: momentumUpdate in src/gradient/twin.ts · test: test/gradient/mlp.test.ts

struct Params { weights: u32, learningRate: f32, scale: f32, momentum: f32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> sum: array<f32>;
@group(0) @binding(2) var<storage, read_write> velocity: array<f32>;
@group(0) @binding(3) var<storage, read_write> w: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x + id.y * params.stride;
  if (i >= params.weights) { return; }
  let v = add(mul(params.momentum, velocity[i]), mul(params.scale, load(sum[i])));
  velocity[i] = v;
  w[i] = add(w[i], negate(mul(params.learningRate, v)));
}
