import { Document, isMap, isNode, isSeq, type Pair, Scalar } from 'yaml'
import type { ClusterSpec } from './schema.ts'

const HEAD = ` A cluster as its own nodes saw it. Keys with underscores are MLPerf's, the others ours, the unit last in the name.
 \`unknown\`: could not be read; you may type it. Check it with: npx --no-install reducible cluster validate FILE`

/** What stands above a key, by its path. */
const COMMENTS: Readonly<Record<string, string>> = {
  system_name:
    ' Typed by people: what the machines cannot know. tenancy: exclusive, shared. autoscaling: fixed, elastic.',
  collective: ' What adds the gradients up, and its effective settings.',
  interconnect:
    ' stated: what every link is meant to be, typed. measured: each pair alone, warmed up, half of there and back.',
  'interconnect.links':
    ' clockOffsetNs: the clock of the second node minus that of the first, within ± clockOffsetErrorNs.',
  nodes: ' What each node reported of itself. Nodes of one machine have the same host.',
}

/** The spec as a file that a person can read and edit. */
export function specText(spec: ClusterSpec): string {
  const document = new Document(spec, { aliasDuplicateObjects: false })
  document.commentBefore = HEAD
  for (const [path, comment] of Object.entries(COMMENTS)) {
    const keys = path.split('.')
    const parent = document.getIn(keys.slice(0, -1), true) ?? document.contents
    const pair = isMap(parent) ? (parent.items as Pair[]).find(({ key }) => String(key) === keys.at(-1)) : undefined
    if (pair?.key instanceof Scalar) {
      pair.key.commentBefore = comment
      pair.key.spaceBefore = keys.length === 1
    }
  }
  for (const path of [['interconnect', 'links'], ['nodes']]) spaceBetween(document.getIn(path, true))
  for (const link of spec.interconnect.links.keys())
    flow(document.getIn(['interconnect', 'links', link, 'nodes'], true))
  for (const node of spec.nodes.keys()) flow(document.getIn(['nodes', node, 'processor', 'flags'], true))
  return document.toString({ lineWidth: 0 }) // or a list that is longer takes a line for each item
}

function spaceBetween(list: unknown): void {
  if (isSeq(list)) for (const item of list.items.slice(1)) if (isNode(item)) item.spaceBefore = true
}

function flow(list: unknown): void {
  if (isSeq(list)) list.flow = true
}
