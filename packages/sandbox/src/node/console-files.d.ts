declare module '#console' {
  /** A file of the console's build. */
  export interface ConsoleFile {
    /** Where it is served: `/` for the page itself. */
    readonly path: string
    readonly type: string
    /** Its content, compressed, in base64. */
    readonly gzip: string
  }

  /** Every file of the console; the build writes the module. */
  export const CONSOLE_FILES: readonly ConsoleFile[]
}
