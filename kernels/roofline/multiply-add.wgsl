// result[i] = what is left of sixteen independent chains a ← a · factor + term, `rounds` long, all in registers.
// 32 · rounds floating-point operations per thread and one store. What `gpu bench` calls the multiply-add rate. The compiler
// may fuse a product and a sum here, as it may not in the kernels (arithmetic.wgsl): the rate is the adapter's, not ours.
// params @binding(0) · result f32[threads] @binding(1). One thread per element.
// No oracle: its result is not used. Test: test/end-to-end/gpu-bench.test.ts

struct Params { rounds: u32, factor: f32, term: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let factor = vec4f(params.factor);
  let term = vec4f(params.term);
  var a = vec4f(f32(id.x));
  var b = a + vec4f(1.0);
  var c = a + vec4f(2.0);
  var d = a + vec4f(3.0);
  for (var round = 0u; round < params.rounds; round++) {
    a = a * factor + term;
    b = b * factor + term;
    c = c * factor + term;
    d = d * factor + term;
  }
  let sums = a + b + c + d;
  result[id.x] = sums.x + sums.y + sums.z + sums.w;
}
