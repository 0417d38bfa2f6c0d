import { defineConfig } from 'vitest/config'
import { embeddedDriverEnvironment } from './src/gradient/gpu/embedded-driver.ts'

// Test files open the embedded SwiftShader by name. The loader reads these when a process starts, so they are set here,
// before vitest forks its workers. Another adapter brings its own settings.
if (process.env.TEST_ADAPTER === undefined) Object.assign(process.env, await embeddedDriverEnvironment())

const longOnes = ['test/**/*.long.test.ts']
const systemOnes = ['test/**/*.system.test.ts']
const tidyOnes = ['test/tidy/**/*.test.ts']

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [...longOnes, ...systemOnes, ...tidyOnes, '**/node_modules/**'],
        },
      },
      { extends: true, test: { name: 'tidy', include: tidyOnes } },
      { extends: true, test: { name: 'long', include: longOnes, testTimeout: 900_000 } },
      { extends: true, test: { name: 'system', include: systemOnes, testTimeout: 300_000 } },
    ],
  },
})
