// p = softmax(logits[i, :]); delta[i, :] = p − onehot(label[i]); rowLoss[i] = −ln p[label[i]]
// hit[i] = 1 where the first greatest logit is the label's, else 0
// logits f32[rows, outputs] @binding(1) · label u32[rows] @binding(2) · delta f32[rows, outputs] @binding(3)
// rowLoss f32[rows] @binding(4) · hit f32[rows] @binding(5)
// One thread per row; exponentials are added from left to right. rowLoss = ln Σ e^(z − max) − (z[label] − max).
// Oracle: softmaxCrossEntropy in src/gradient/twin/losses.ts · test: test/gradient/kernels.test.ts

struct Params { rows: u32, outputs: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read> label: array<u32>;
@group(0) @binding(3) var<storage, read_write> delta: array<f32>;
@group(0) @binding(4) var<storage, read_write> rowLoss: array<f32>;
@group(0) @binding(5) var<storage, read_write> hit: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= params.rows) { return; }
  let at = row * params.outputs;
  var greatest = logits[at];
  var choice = 0u;
  for (var k = 1u; k < params.outputs; k++) {
    if (logits[at + k] > greatest) {
      greatest = logits[at + k];
      choice = k;
    }
  }
  let own = label[row];
  let below = negate(greatest);
  var sum = exponential(add(logits[at], below));
  delta[at] = sum;
  for (var k = 1u; k < params.outputs; k++) {
    let e = exponential(add(logits[at + k], below));
    delta[at + k] = e;
    sum = add(sum, e);
  }
  let inverse = reciprocal(sum);
  for (var k = 0u; k < params.outputs; k++) {
    delta[at + k] = add(mul(delta[at + k], inverse), select(0.0, -1.0, k == own));
  }
  rowLoss[row] = add(logarithm(sum), negate(add(logits[at + own], below)));
  hit[row] = select(0.0, 1.0, choice == own);
}
