import { fileURLToPath } from 'node:url'

/** Where the examples for queues lie. */
export const EXAMPLES: string = fileURLToPath(
  new URL('../../../../examples/queues', import.meta.url),
)
