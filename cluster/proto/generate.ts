/**
 * Writes generated.js and generated.d.ts from reducible.proto: `npm run proto`. Both are checked in;
 * test/cluster/proto.test.ts compares them with a fresh run.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dirname
const bin = join(here, '../../node_modules/.bin')

/** Generates into `folder`. */
export function generateProto(folder: string): void {
  const javascript = join(folder, 'generated.js')
  const flags = '-t static-module -w es6 --no-verify --no-delimited --no-service --no-typeurl'
  execFileSync(join(bin, 'pbjs'), [...flags.split(' '), '-o', javascript, join(here, 'reducible.proto')])
  // The namespace of a CommonJS module has no named exports under Node; its default export is the module.
  const text = readFileSync(javascript, 'utf8')
  writeFileSync(
    javascript,
    text.replace(/^import .* from "protobufjs\/minimal.*$/m, "import $protobuf from 'protobufjs/minimal.js'"),
  )
  execFileSync(join(bin, 'pbts'), ['-o', join(folder, 'generated.d.ts'), javascript])
}

if (import.meta.main) generateProto(here)
