import { fileURLToPath } from 'node:url'

/** The folder that holds package.json, kernels/ and configs/. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
