#!/usr/bin/env node
// The installed command. It must be understood by any Node, so it only looks at the version and hands over.
import { existsSync } from 'node:fs'

// The sources; or the JavaScript of a package, in its dist/, or in a tree made of that.
const main = ['./main.ts', './main.js', '../../dist/src/cli/main.js'].find((file) =>
  existsSync(new URL(file, import.meta.url)),
)
const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  await import(main)
} else {
  console.error(
    `reducible needs Node 22.18 or newer and this is ${process.version}: run \`npm ci\`, which brings its own, then \`npx --no-install reducible …\`.`,
  )
  process.exit(64)
}
