import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package-lock.json, kernels/ and configs/: of a package, its dist/. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The file of a module that a thread or a process is to run: `name` beside the module `url`, with its ending, which is .ts in
 * the sources and .js in a package.
 */
export function moduleBeside(url: string, name: string): string {
  return fileURLToPath(new URL(`${name}${extname(url)}`, url))
}
