import { fileURLToPath } from 'node:url'

/** The built command line. */
export const CLI_FILE: string = fileURLToPath(
  new URL('../../../packages/cli/dist/bin.js', import.meta.url),
)
