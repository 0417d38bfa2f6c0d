// Random words as a pure function of a key and a counter. Put in front of the kernels that draw (src/gradient/gpu/kernels.ts).
//
// Integers only, so bits are the same everywhere. Keys of the streams and what the counters mean: src/core/streams.ts.
// Source: Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3 (Threefry-2x32, 20 rounds).
// Oracle: threefry in src/core/streams.ts · test: test/gradient/mlp.test.ts

// What the draws of one step depend on beside the row's place in the global batch and the unit.
struct StepDraws {
  dropoutKey: vec2u,
  shiftKey: vec2u,
}

fn threefry(key: vec2u, counter: vec2u) -> vec2u {
  let key2 = key.x ^ key.y ^ 0x1bd11bdau;
  var words = counter + key;
  words = fourRounds(words, 13u, 15u, 26u, 6u) + vec2u(key.y, key2 + 1u);
  words = fourRounds(words, 17u, 29u, 16u, 24u) + vec2u(key2, key.x + 2u);
  words = fourRounds(words, 13u, 15u, 26u, 6u) + vec2u(key.x, key.y + 3u);
  words = fourRounds(words, 17u, 29u, 16u, 24u) + vec2u(key.y, key2 + 4u);
  return fourRounds(words, 13u, 15u, 26u, 6u) + vec2u(key2, key.x + 5u);
}

fn fourRounds(words: vec2u, r0: u32, r1: u32, r2: u32, r3: u32) -> vec2u {
  return oneRound(oneRound(oneRound(oneRound(words, r0), r1), r2), r3);
}

fn oneRound(words: vec2u, rotation: u32) -> vec2u {
  let sum = words.x + words.y;
  return vec2u(sum, ((words.y << rotation) | (words.y >> (32u - rotation))) ^ sum);
}
