/** Makes the tables of the documents that hold measurements out of the committed results: `npm run docs:tables`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../src/core/paths.ts'
import { writeAtomically } from '../src/record/files.ts'
import { type PeersResult, withPeersTable } from './peers/table.ts'

const METHODOLOGY = join(projectRoot, 'docs', 'methodology.md')
const result = JSON.parse(readFileSync(join(projectRoot, 'bench', 'results', 'peers.json'), 'utf8')) as PeersResult
writeAtomically(METHODOLOGY, withPeersTable(readFileSync(METHODOLOGY, 'utf8'), result))
