import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli } from '@internal/testkit/cli'
import { startSandbox } from '@llpay/sandbox/node'

/** A command that is typed, and what it printed. */
export interface TypedCommand {
  readonly command: string
  readonly output: string
}

const COLUMNS = 92
const LINE_HEIGHT = 20
const CHARACTER = 8.43
const MARGIN = 20
const BAR = 36

/** How long a reader gets for a command, and for each line of what it prints, in seconds. */
const TYPING = 1.1
const READING = 0.12
const PAUSE = 1.2

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

interface Line {
  readonly text: string
  readonly kind: 'command' | 'output' | 'error'
  /** When it appears, in seconds. */
  readonly at: number
}

/** Cuts what is wider than the picture, as a terminal would wrap it. */
function wrap(text: string): string[] {
  if (text.length <= COLUMNS) return [text]
  return [text.slice(0, COLUMNS), ...wrap(`  ${text.slice(COLUMNS)}`)]
}

/** Lays commands and their output out in lines and in time. */
function layOut(commands: readonly TypedCommand[]): Line[] {
  const lines: Line[] = []
  let at = 0.4
  for (const { command, output } of commands) {
    for (const text of wrap(`$ ${command}`)) lines.push({ text, kind: 'command', at })
    at += TYPING
    for (const text of output.trimEnd().split('\n').flatMap(wrap)) {
      lines.push({ text, kind: text.startsWith('error') ? 'error' : 'output', at })
      at += READING
    }
    lines.push({ text: '', kind: 'output', at })
    at += PAUSE
  }
  return lines.slice(0, -1)
}

const STYLE = `
  .screen { fill: #14171e; }
  text { font: 14px ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; fill: #d4d8e2; white-space: pre; }
  .command { fill: #a5a3ff; font-weight: 600; }
  .error { fill: #ff93a3; }
  .line { animation: appear 1ms steps(1) backwards; }
  @keyframes appear { from { opacity: 0; } to { opacity: 1; } }
  @media (prefers-reduced-motion: reduce) { .line { animation: none; } }
`

/** Draws a terminal in which commands are typed and their output appears; without animation all of it is there. */
function drawTerminal(title: string, commands: readonly TypedCommand[]): string {
  const lines = layOut(commands)
  const width = Math.round(COLUMNS * CHARACTER) + 2 * MARGIN
  const height = BAR + lines.length * LINE_HEIGHT + MARGIN
  const dots = ['#ff5f57', '#febc2e', '#28c840']
    .map((fill, index) => `<circle cx="${20 + index * 20}" cy="18" r="6" fill="${fill}"/>`)
    .join('')
  const rows = lines.map(
    ({ text, kind, at }, index) =>
      `<text class="line ${kind}" x="${MARGIN}" y="${BAR + 16 + index * LINE_HEIGHT}" style="animation-delay: ${at.toFixed(2)}s" xml:space="preserve">${escapeXml(text)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
<rect class="screen" width="${width}" height="${height}" rx="10"/>
${dots}
${rows.join('\n')}
</svg>
`
}

const CARD = '--user-id 1234567 --no-agree 2014031710002121'

/** What a reader sees typed, in this order. */
const COMMANDS = [
  `llpay unbind ${CARD} --pay-type 3`,
  `llpay unbind ${CARD} --pay-type D`,
  `llpay unbind ${CARD} --pay-type D`,
  'llpay code 3003',
]

/** Runs the commands against a sandbox, and draws what they print. */
export async function recordTerminal(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'llpay-recording-'))
  try {
    await using sandbox = await startSandbox({
      keys: folder,
      cards: [{ user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }],
    })
    const typed: TypedCommand[] = []
    for (const command of COMMANDS) {
      const { stdout, stderr } = await runCli(command.split(' ').slice(1), sandbox.env)
      typed.push({ command, output: stdout + stderr })
    }
    return drawTerminal(
      'llpay at a terminal: a card is unbound, and what is refused is said',
      typed,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}
