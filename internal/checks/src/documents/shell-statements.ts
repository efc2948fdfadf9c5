/** A command as a reader would paste it, with the exit status that its comment announces. */
export interface Statement {
  readonly text: string
  readonly status: number
}

const HEREDOC = /<<-?'?(\w+)'?/
const STATUS = /#.*\bexit (\d+)\s*$/

/** Whether a command goes on in the next line. */
function isOpen(lines: readonly string[]): boolean {
  const last = lines.at(-1) ?? ''
  if (last.endsWith('\\')) return true
  const end = HEREDOC.exec(lines.join('\n'))?.[1]
  return end !== undefined && last !== end
}

/** Splits a block into commands: a backslash joins lines, and so does a here-document. */
export function shellStatements(code: string): Statement[] {
  const statements: Statement[] = []
  let open: string[] = []
  const close = () => {
    const [first] = open
    if (first === undefined) return
    statements.push({ text: open.join('\n'), status: Number(STATUS.exec(first)?.[1] ?? '0') })
    open = []
  }
  for (const line of code.trimEnd().split('\n')) {
    if (open.length === 0 && (line.trim() === '' || line.trim().startsWith('#'))) continue
    open.push(line)
    if (!isOpen(open)) close()
  }
  close()
  return statements
}
