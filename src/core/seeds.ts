/** numpy-ts 1.7.0 keeps 32 bits of a seed, where NumPy keeps all: beyond them two seeds would silently be one. */
export const SEED_MAX = 2 ** 32 - 1
