import { codeDigests } from '../../../src/record/source-digest.ts'

/** On one line: the tree this file is in, and the Node it runs under. check-tree.sh and copy-tree.sh run it on a host. */
export function describeTree(): string {
  return JSON.stringify({ node: process.versions.node, ...codeDigests() })
}

if (import.meta.main) console.log(describeTree())
