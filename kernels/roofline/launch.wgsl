// result[0] = 1, by one thread: as little as a dispatch can do. What `gpu bench` times to know the cost of a launch.
// result u32[] @binding(0)
// No oracle: its result is not used. Test: test/end-to-end/gpu-bench.test.ts

@group(0) @binding(0) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(1)
fn main() {
  result[0] = 1u;
}
