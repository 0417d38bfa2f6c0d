import type { DeepReadonly } from './deep-readonly.ts'

/** `true` where two types allow the same values: for a type that stands written out beside its schema. */
export type Same<A, B> = [DeepReadonly<A>, DeepReadonly<B>] extends [DeepReadonly<B>, DeepReadonly<A>] ? true : false
