import type { Move, Schedule } from '../schedule.ts'
import { rankRange, wrapRank } from './ranks.ts'

interface Node {
  readonly rank: number
  readonly children: readonly Node[]
  /** 0 for a leaf. */
  readonly height: number
}

/**
 * Two binary trees, each over half of the vector, such that a rank that passes on in one is a leaf of the other: both
 * directions of every link are busy. 2⌊lg P⌋ rounds; the busiest rank sends min(P, 4)/2 payloads in all.
 * A rank adds its lower child first.
 *
 * @source Sanders, Speck & Träff 2009, Two-tree algorithms for full bandwidth broadcast, reduction and scan.
 */
export function doubleBinaryTreeSchedule(rankCount: number): Schedule {
  rankRange(rankCount)
  const mirror = (rank: number): number => rankCount - 1 - rank
  const shift = (rank: number): number => wrapRank(rank + 1, rankCount)
  const trees = [
    inOrderTree(0, rankCount, (rank) => rank),
    inOrderTree(0, rankCount, rankCount % 2 === 0 ? mirror : shift),
  ]
  const height = Math.max(...trees.map((tree) => tree.height))
  const rounds = Array.from({ length: 2 * height }, (): Move[] => [])
  const plan = (node: Node, chunk: number, depth: number): void => {
    for (const child of node.children) {
      plan(child, chunk, depth + 1)
      rounds[child.height].push({ from: child.rank, to: node.rank, chunk, width: 1, kind: 'add' })
      rounds[height + depth].push({ from: node.rank, to: child.rank, chunk, width: 1, kind: 'copy' })
    }
  }
  trees.forEach((tree, chunk) => {
    plan(tree, chunk, 0)
  })
  const links = new Set(rounds.flat().map(({ from, to }) => `${from} ${to}`))
  return {
    algorithm: 'double-binary-tree',
    rankCount,
    chunkCount: 2,
    roundCount: rounds.length,
    round: (index) => rounds[index],
    isLink: (from, to) => links.has(`${from} ${to}`),
  }
}

/**
 * A binary tree over positions start … end − 1 whose inner nodes stand at odd distances from `start`: the root at
 * 2^k − 1 with 2^k ≤ length, a full tree before it, the rest behind it.
 */
function inOrderTree(start: number, end: number, rankAt: (position: number) => number): Node {
  const before = 2 ** Math.floor(Math.log2(end - start)) - 1
  const root = start + before
  const children: Node[] = []
  if (before > 0) children.push(inOrderTree(start, root, rankAt))
  if (root + 1 < end) children.push(inOrderTree(root + 1, end, rankAt))
  const height = children.length === 0 ? 0 : 1 + Math.max(...children.map((child) => child.height))
  return { rank: rankAt(root), children, height }
}
