// Ranges, where \p{...} would cost a command line a millisecond to compile.
const LONE_SURROGATE = /[\ud800-\udfff]/u

/** Tells whether text is made of whole characters, so that UTF-8 can carry it unchanged. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text)
}
