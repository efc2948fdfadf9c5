const QUOTED = /^(["'])(.*)\1$/s

/** Undoes what environment files and secret stores do to a key: escaped newlines, quotes, a BOM. */
export function unwrapText(text: string): string {
  const plain = text.replace('\uFEFF', '').trim()
  const unquoted = QUOTED.exec(plain)?.[2] ?? plain
  return unquoted.replaceAll('\\r', '\r').replaceAll('\\n', '\n').trim()
}
