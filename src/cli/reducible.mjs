#!/usr/bin/env node
// The installed command. It must be understood by any Node, so it only looks at the version and hands over.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  await import('./main.ts')
} else {
  console.error(
    `reducible needs Node 22.18 or newer and this is ${process.version}: run \`npm ci\`, which brings its own, then \`npx --no-install reducible …\`.`,
  )
  process.exit(64)
}
