import { writeFileSync } from 'node:fs'
import { scheduleOf } from '../reduce/algorithms.ts'
import { costOf } from '../reduce/cost.ts'
import { orderCertificate, type ParsedOrder, parseOrder, unpackOrders } from '../reduce/order.ts'
import { type Move, roundsOf, type Schedule } from '../reduce/schedule.ts'
import { provenOrder } from '../reduce/verify.ts'
import type { CommandResult } from './command.ts'
import { wrap } from './table.ts'

/** `reducible bench --explain ALGORITHM --ranks P`: the moves, the trees and the cost of a schedule. */
export function explainAlgorithm(
  name: string,
  rankCount: number,
  ranksPerNode: number,
  svgFile: string | undefined,
): CommandResult {
  const schedule = scheduleOf(name, rankCount, ranksPerNode)
  const { order, ranksDiffer } = provenOrder(schedule)
  const { rounds, bytesSentMax } = costOf(schedule, 1_000_000 * schedule.chunkCount, 1)
  const share = bytesSentMax / (1_000_000 * schedule.chunkCount)
  const trees = unpackOrders(order)
  const certificate = orderCertificate(order)
  if (svgFile !== undefined) writeFileSync(svgFile, scheduleSvg(schedule))
  const text = [
    `${name} over ${rankCount} ranks: ${rounds} rounds, ${schedule.chunkCount} chunks`,
    `the busiest rank sends ${share.toFixed(3)} payloads`,
    '',
    ...[...roundsOf(schedule)].map((moves, round) => wrap(`round ${round}  ${moves.map(moveText).join('  ')}`, '  ')),
    '',
    ...[...new Set(trees)].flatMap((tree) => [
      `${chunkText(trees, tree)}: ${tree}`,
      ...drawTree(parseOrder(tree)).map((line) => `  ${line}`),
    ]),
    '',
    `proved: every contribution once, links as declared, ${ranksDiffer ? 'ranks-differ: not for training' : 'one tree on all ranks'}`,
    `certificate ${certificate}`,
    ...(svgFile === undefined ? [] : [`picture ${svgFile}`]),
  ].join('\n')
  const moves = [...roundsOf(schedule)]
  return { text, json: { algorithm: name, rankCount, rounds: moves, order: trees, certificate, ranksDiffer } }
}

/** `2→3:c1+`: rank 2 sends chunk 1 to rank 3, which adds it (`=`: takes it). */
function moveText({ from, to, chunk, width, kind }: Move): string {
  const chunks = width === 1 ? `c${chunk}` : `c${chunk}-${chunk + width - 1}`
  return `${from}→${to}:${chunks}${kind === 'add' ? '+' : '='}`
}

function chunkText(trees: readonly string[], tree: string): string {
  const chunks = trees.flatMap((other, chunk) => (other === tree ? [chunk] : []))
  return `chunk ${chunks.join(', ')}`
}

/** A tree as lines, a sum above its operands. */
function drawTree(tree: ParsedOrder): string[] {
  if (typeof tree === 'number') return [`rank ${tree}`]
  const [left, right] = tree.map(drawTree)
  const branch = (lines: readonly string[], first: string, rest: string): string[] =>
    lines.map((line, i) => `${i === 0 ? first : rest}${line}`)
  return ['+', ...branch(left, '├─ ', '│  '), ...branch(right, '└─ ', '   ')]
}

const COLUMN = 90
const ROW = 56
const LEFT = 70

/** Ranks as columns, rounds as rows, a move as an arrow: solid where it is added, dashed where it is taken. */
function scheduleSvg(schedule: Schedule): string {
  const width = LEFT + COLUMN * schedule.rankCount
  const height = ROW * schedule.roundCount + 70
  const x = (rank: number): number => LEFT + COLUMN * rank + COLUMN / 2
  const y = (round: number): number => 40 + ROW * round
  const ranks = Array.from({ length: schedule.rankCount }, (_, rank) => rank)
  const columns = ranks.map(
    (rank) =>
      `<text x="${x(rank)}" y="20" text-anchor="middle">rank ${rank}</text>` +
      `<line x1="${x(rank)}" y1="28" x2="${x(rank)}" y2="${height - 10}" stroke="#ccc"/>`,
  )
  const arrows = [...roundsOf(schedule)].flatMap((moves, round) => [
    `<text x="8" y="${y(round) + ROW / 2}">round ${round}</text>`,
    ...moves.filter(({ from, to }) => from !== to).map((move) => arrow(move, x, y(round))),
  ])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="11">`,
    `<title>${schedule.algorithm} over ${schedule.rankCount} ranks</title>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...columns,
    ...arrows,
    `<text x="8" y="${height - 6}">solid: added, dashed: taken</text>`,
    '</svg>',
    '',
  ].join('\n')
}

function arrow({ from, to, chunk, width, kind }: Move, x: (rank: number) => number, top: number): string {
  const [x1, x2] = [x(from), x(to)]
  const bottom = top + ROW - 8
  const label = width === 1 ? `c${chunk}` : `c${chunk}-${chunk + width - 1}`
  const dash = kind === 'add' ? '' : ' stroke-dasharray="4 3"'
  // Near its sender, where arrows have not yet crossed; the halo keeps it readable over those that have.
  const along = Math.min(0.4, 26 / Math.abs(x2 - x1))
  const labelAt = `x="${x1 + (x2 - x1) * along}" y="${top + (bottom - top) * along + 4}"`
  return (
    `<line x1="${x1}" y1="${top}" x2="${x2}" y2="${bottom}" stroke="#333"${dash} marker-end="url(#tip)"/>` +
    `<text ${labelAt} fill="#06c" stroke="white" stroke-width="3" paint-order="stroke" text-anchor="middle">${label}</text>`
  )
}
