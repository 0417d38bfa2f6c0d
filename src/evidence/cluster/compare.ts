import { median } from 'simple-statistics'
import type { ClusterSpec, Statements } from '../../record/cluster-spec/schema.ts'
import { ruleOf, type Threat } from './field-rules.ts'
import { type Leaf, leavesOf } from './leaves.ts'
import { GAP_SHARE } from './stated-gaps.ts'

/** A field in which two specs differ. */
export interface FieldDifference {
  readonly path: string
  /** What stands there: over nodes and links the distinct values, of measured figures the median. Null: the field is not there. */
  readonly a: string | null
  readonly b: string | null
  readonly threatens: Threat
  readonly why: string
}

/** Figures that no two captures measure alike: within GAP_SHARE of each other they count as the same. */
const MEASURED = [
  'interconnect.links.*.measured.bandwidthBytesPerSecond',
  'interconnect.links.*.measured.latencyNsP50',
  'nodes.*.processor.addBytesPerSecond',
]

/** Every field in which two specs, or their typed parts, differ, in their order. Nodes are held together, not one by one. */
export function compareSpecs(a: ClusterSpec | Statements, b: ClusterSpec): FieldDifference[] {
  const [byPatternA, byPatternB] = [a, b].map((spec) => Map.groupBy(leavesOf(spec), ({ pattern }) => pattern))
  const patterns = new Set([...byPatternA.keys(), ...byPatternB.keys()])
  return [...patterns].flatMap((pattern): FieldDifference[] => {
    const [inA, inB] = [byPatternA.get(pattern), byPatternB.get(pattern)]
    if (isSame(pattern, inA, inB)) return []
    const { threatens, why } = ruleOf(pattern) ?? { threatens: 'both', why: 'nothing is known of this field' }
    return [{ path: pattern, a: textOf(pattern, inA), b: textOf(pattern, inB), threatens, why }]
  })
}

type Leaves = readonly Leaf[] | undefined

function isSame(pattern: string, a: Leaves, b: Leaves): boolean {
  const [figureA, figureB] = [figureOf(pattern, a), figureOf(pattern, b)]
  if (figureA !== undefined && figureB !== undefined) return Math.abs(figureB / figureA - 1) <= GAP_SHARE
  return textOf(pattern, a) === textOf(pattern, b)
}

/** The median of a measured figure over links or nodes; undefined where it is none, or not known everywhere. */
function figureOf(pattern: string, leaves: Leaves): number | undefined {
  if (leaves === undefined || !MEASURED.includes(pattern)) return undefined
  const figures = leaves.map(({ value }) => value).filter((value) => typeof value === 'number')
  return figures.length === leaves.length ? median(figures) : undefined
}

function textOf(pattern: string, leaves: Leaves): string | null {
  if (leaves === undefined) return null
  const figure = figureOf(pattern, leaves)
  if (figure !== undefined) return Number(figure.toPrecision(3)).toString()
  return [...new Set(leaves.map(({ value }) => valueText(value)))].sort().join(' · ')
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.join(' ')
  return typeof value === 'object' && value !== null ? '{}' : String(value)
}
