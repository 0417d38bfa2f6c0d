// copied[i] = source[i]: reads and writes every byte once, and computes nothing. What `gpu bench` calls the bandwidth.
// source vec4<u32>[n] @binding(0) · copied vec4<u32>[n] @binding(1). One thread per 16 bytes, groups of 64 in rows of 32,768.
// No oracle: its result is not used. Test: test/end-to-end/gpu-bench.test.ts

@group(0) @binding(0) var<storage, read> source: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> copied: array<vec4u>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x + id.y * 2097152u;
  if (i >= arrayLength(&source)) { return; }
  copied[i] = source[i];
}
