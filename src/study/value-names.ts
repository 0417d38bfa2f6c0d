/** Where the numbers of an array can come from; `drawValues` says how. Apart from it, because help texts need only the names. */
export const VALUE_NAMES = ['near-one', 'normal', 'lognormal', 'cancelling'] as const
export type ValueName = (typeof VALUE_NAMES)[number]
