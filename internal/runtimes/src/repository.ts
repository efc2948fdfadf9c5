import { fileURLToPath } from 'node:url'

/** The folder that holds everything, without a trailing slash. */
export const ROOT: string = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
