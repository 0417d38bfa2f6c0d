// hash[k] = Σ_i mix(mix(i + seed_k) + bits(w[i])) mod 2^32, k = 0 … 3: what a rank reports of its weights every step.
// Integers only. NaNs count as 0x7fc00000. Wrap-around addition is associative, so the order of threads has no say.
// w f32[weights], read as bits @binding(1) · hash u32[4] @binding(2)
// Every thread takes weights thread, thread + threads, … and adds its sums atomically; hash is cleared before.
// (Workgroup memory and barriers made SwiftShader compile for 400 ms; atomics take 8.)
// Oracle: weightsHash in src/gradient/twin.ts · test: test/gradient/kernels.test.ts

struct Params { weights: u32, threads: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> w: array<u32>;
@group(0) @binding(2) var<storage, read_write> hash: array<atomic<u32>, 4>;

// A bijection of 32 bits: xor-shifts and odd multipliers (multipliers: C. Wellons 2018, hash-prospector, "lowbias32").
fn mix(value: vec4u) -> vec4u {
  var h = value;
  h = (h ^ (h >> vec4u(16u))) * 0x7feb352du;
  h = (h ^ (h >> vec4u(15u))) * 0x846ca68bu;
  return h ^ (h >> vec4u(16u));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.threads) { return; }
  let seeds = vec4u(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u);
  var sum = vec4u(0u);
  for (var i = id.x; i < params.weights; i += params.threads) {
    let bits = select(w[i], 0x7fc00000u, (w[i] & 0x7fffffffu) > 0x7f800000u);
    sum += mix(mix(vec4u(i) + seeds) + vec4u(bits));
  }
  atomicAdd(&hash[0], sum.x);
  atomicAdd(&hash[1], sum.y);
  atomicAdd(&hash[2], sum.z);
  atomicAdd(&hash[3], sum.w);
}
