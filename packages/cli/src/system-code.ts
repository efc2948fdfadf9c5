/** The code of an error of the platform, such as ENOENT; `undefined` where it has none. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined
