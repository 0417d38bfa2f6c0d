/**
 * The adapter that the kernel tests open: the embedded SwiftShader, unless TEST_ADAPTER names another (then the Vulkan
 * settings of the environment are taken as they are: vitest.config.ts).
 */
export const ADAPTER = process.env.TEST_ADAPTER ?? 'SwiftShader'
