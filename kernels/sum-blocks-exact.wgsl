// total[totalAt + word · length + start + e] = Σ_b partial[firstBlock + b, start + e], exact, e < elements, after what that total
// held where goesOn = 1
// partial f32[·, length] row-major, read as bits @binding(1) · total u32[11, length] of each leaf @binding(2)
// Words 0 … 9 of an element, lowest first, are one two's complement integer in units of 2^-149; the sum of any f32 values is one, and
// integers wrap around and associate: no order of blocks, leaves or ranks shows. Word 10 holds flags: 1 NaN, 2 +Inf, 4 −Inf,
// 8 some term was not −0. Integers only. One thread per element; a carry seldom leaves the two words that a term lies in.
// Layout and its readers: src/core/exact-words.ts.
// Oracle: sumBlocksExact in src/gradient/twin/exact.ts · test: test/gradient/exact.test.ts

struct Params {
  blocks: u32, elements: u32, goesOn: u32, stride: u32, firstBlock: u32, length: u32, start: u32, totalAt: u32
}
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partial: array<u32>;
@group(0) @binding(2) var<storage, read_write> total: array<u32>;

const WORDS = 10u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let element = id.x + id.y * params.stride;
  if (element >= params.elements) { return; }
  let sumAt = params.totalAt + params.start + element;
  let flagsAt = sumAt + WORDS * params.length;
  if (params.goesOn == 0u) {
    for (var at = sumAt; at <= flagsAt; at += params.length) { total[at] = 0u; }
  }
  var flags = total[flagsAt];
  var at = params.firstBlock * params.length + params.start + element;
  for (var b = 0u; b < params.blocks; b++) {
    let bits = partial[at];
    at += params.length;
    let magnitude = bits & 0x7fffffffu;
    let isNegative = bits != magnitude;
    flags |= select(0u, 8u, bits != 0x80000000u);
    if (magnitude >= 0x7f800000u) {
      flags |= select(select(2u, 4u, isNegative), 1u, magnitude > 0x7f800000u);
    } else if (magnitude != 0u) {
      let exponent = max(magnitude >> 23u, 1u) - 1u;
      let mantissa = select(magnitude, (magnitude & 0x7fffffu) | 0x800000u, magnitude >= 0x800000u);
      let shift = exponent % 32u;
      // Twice, because a shift by 32 is a shift by 0.
      let low = mantissa << shift;
      let high = (mantissa >> 1u) >> (31u - shift);
      addTerm(sumAt + (exponent / 32u) * params.length, flagsAt, low, high, isNegative);
    }
  }
  total[flagsAt] = flags;
}

// Adds or subtracts low and high at a word and the next; what is carried or borrowed goes on upwards.
fn addTerm(wordAt: u32, flagsAt: u32, low: u32, high: u32, isNegative: bool) {
  var at = wordAt;
  var carry = 0u;
  for (var term = vec2u(low, high); at < flagsAt; term = vec2u(term.y, 0u)) {
    let old = total[at];
    let step = term.x + carry; // high is below 2^23, and carry is 0 beside low: never wraps
    let sum = select(old + step, old - step, isNegative);
    carry = select(u32(sum < old), u32(sum > old), isNegative);
    total[at] = sum;
    if (term.y == 0u && carry == 0u) { return; }
    at += params.length;
  }
}
