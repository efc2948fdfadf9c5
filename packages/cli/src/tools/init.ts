import { PAY_TYPES_FLAG } from '../args/flag.ts'
import type { Command } from '../commands/command.ts'
import { readVariable } from '../config/environment.ts'
import { DEFAULT_PROFILE, profileFile } from '../config/profile.ts'
import { writeProfile } from '../config/write-profile.ts'
import { EXIT } from '../exit-code.ts'
import { checkProfile } from '../init/check-profile.ts'
import { gatherAnswers } from '../init/gather-answers.ts'

/** `llpay init`: writes a profile. */
export const init: Command = {
  flags: [
    { name: 'profile', value: 'NAME', summary: 'Its name; "default" unless told' },
    { name: 'oid-partner', value: 'N', summary: 'Merchant number, 18 digits' },
    { name: 'private-key', value: 'FILE', summary: "The file with the merchant's private key" },
    {
      name: 'gateway-key',
      value: 'FILE',
      summary: "The file with LianLian's public key; again for each while it rotates",
      multiple: true,
    },
    { name: 'base-url', value: 'URL', summary: "Takes the place of LianLian's hosts" },
    PAY_TYPES_FLAG,
    {
      name: 'environment',
      value: 'KIND',
      choices: ['test', 'live'],
      summary: 'test or live; live where no base URL is given, else test',
    },
    { name: 'force', summary: 'Write over a profile of that name' },
  ],
  notes: [
    'At a terminal it asks for what is missing. It writes where the keys are, never a key. See llpay help profiles.',
  ],
  async run(invocation) {
    const { flags, env, output } = invocation
    const name = flags.value('profile') ?? readVariable(env, 'LLPAY_PROFILE') ?? DEFAULT_PROFILE
    // A name that no file can have is refused before anything is asked.
    profileFile(name, env)
    const profile = checkProfile(await gatherAnswers(name, invocation), env)
    const file = writeProfile(profile, env, { replace: flags.has('force') })
    const { kind, oidPartner } = profile
    if (output.json) {
      output.object({ ok: true, profile: name, file, environment: kind, oid_partner: oidPartner })
      return EXIT.done
    }
    output.line(file)
    const named = name === DEFAULT_PROFILE ? '' : ` --profile ${name}`
    output.tell('good', 'next', `llpay doctor${named} checks the keys and the way to the gateway.`)
    return EXIT.done
  },
}
