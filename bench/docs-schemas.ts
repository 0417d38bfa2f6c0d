/** Writes the JSON Schemas of the files in a run folder: `npm run docs:schemas`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../src/core/paths.ts'
import { JSON_SCHEMAS } from '../src/evidence/schemas.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'

const folder = join(projectRoot, 'docs', 'schemas')
mkdirSync(folder, { recursive: true })
for (const [name, schema] of Object.entries(JSON_SCHEMAS)) {
  writeAtomically(join(folder, `${name}.schema.json`), prettyJson(schema))
}
