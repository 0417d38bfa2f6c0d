/**
 * Exact sums of f32 values as integers: u32[SUM_PLANES, length], a plane after the other. Planes 0 … 9 are the words, lowest
 * first, of one two's complement integer an element, whose bit 0 stands for 2^-149, the smallest f32 value; 10 words hold
 * the sum of 2^41 values of any size. The last plane holds flags. kernels/sum-blocks-exact.wgsl makes them.
 */
export const SUM_WORDS = 10
export const SUM_PLANES = SUM_WORDS + 1

/** The exponent of bit 0. */
export const LOWEST_BIT = -149

/** What the integer cannot say; stands in sum-blocks-exact.wgsl too. */
export const SUM_FLAGS = { nan: 1, positiveInfinity: 2, negativeInfinity: 4, notMinusZero: 8 } as const
