import { ConfigError } from '@llpay/core'
import { signMembers } from '@llpay/core/adapter'
import {
  knownNames,
  lintMessage,
  readReceived,
  traceCanonical,
  visible,
  type ReceivedMessage,
} from '@llpay/core/diagnose'
import { createSigner, readPrivateKey } from '@llpay/node'

import { PROFILE_FLAG } from '../args/flag.ts'
import type { Command, Invocation } from '../commands/command.ts'
import { readFile } from '../config/read-file.ts'
import { readPrivateSource } from '../config/read-private-source.ts'
import { refuseStdinTwice, type Source } from '../config/read-secret.ts'
import { gatherSettings } from '../config/settings.ts'
import { EXIT } from '../exit-code.ts'
import { canonicalRows } from '../output/canonical-rows.ts'
import { rows } from '../output/rows.ts'
import { decompress, digest } from './diagnose-ports.ts'

function keySource({ flags, env }: Invocation): Source {
  const { privateKey } = gatherSettings(flags, env)
  if (privateKey !== undefined) return privateKey
  throw new ConfigError(
    'ERR_CONFIG_MISSING',
    'The private key is missing. Give --private-key FILE, or set LLPAY_PRIVATE_KEY or LLPAY_PRIVATE_KEY_FILE.',
  )
}

function membersOf({ members, charset }: ReceivedMessage): Record<string, string> {
  const other = members.find(({ kind }) => kind !== 'string' && kind !== 'null')
  if (other !== undefined) {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      `${visible(other.name)} is not text. Everything on the wire is text: write numbers and JSON as JSON strings.`,
    )
  }
  if (charset !== 'UTF-8') {
    throw new ConfigError('ERR_CONFIG_INVALID', 'The message is not UTF-8. Write it in UTF-8.')
  }
  const kept = members.filter(({ name, text }) => name !== 'sign' && text !== null)
  return Object.fromEntries(kept.map(({ name, text }) => [name, text ?? '']))
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, env, output } = invocation
  const file = flags.args[0] ?? '-'
  const source = keySource(invocation)
  refuseStdinTwice([{ name: 'The message', file }, source])
  const key = readPrivateKey(readPrivateSource(source), {
    passphrase: env['LLPAY_PRIVATE_KEY_PASSPHRASE'],
  })
  const received = await readReceived(readFile(file, 'The message'), decompress)
  const members = membersOf(received)
  const signer = await createSigner(key, 'MD5withRSA')
  const { canonical, sign } = await signMembers(members, signer)
  const message = { ...members, sign }
  const notes = [...received.wrappers, ...lintMessage(received, knownNames())].map(({ en }) => en)
  if (output.json) {
    output.object({ ok: true, canonical, sign, message, notes })
    return EXIT.done
  }
  if (flags.has('explain')) {
    for (const line of rows(canonicalRows(traceCanonical(received, [], digest))))
      output.talk('faint', line)
  }
  for (const note of notes) output.tell('careful', 'note', note)
  output.line(JSON.stringify(message))
  return EXIT.done
}

/** `llpay sign`: signs any message as LianLian wants it. */
export const sign: Command = {
  args: [
    {
      name: 'FILE',
      summary: 'The message as JSON; - or nothing is standard input',
      optional: true,
    },
  ],
  flags: [
    { name: 'private-key', value: 'FILE', summary: "The merchant's private key" },
    PROFILE_FLAG,
    { name: 'explain', summary: 'Show each step on standard error' },
  ],
  notes: [
    'Prints the message with its sign. A signed message never expires. See llpay help signing.',
  ],
  run,
}
