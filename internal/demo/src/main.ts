// `npm start`: one card is unbound against a gateway on this machine, through the real command line,
// and a reader sees each step.
import { runCli } from './run-cli.ts'
import { show, title } from './show.ts'
import { startSandbox } from './start-sandbox.ts'

const CARD = ['--user-id', '1234567', '--no-agree', '2014031710002121', '--pay-type', 'D']

const sandbox = await startSandbox()
try {
  title('1. A LianLian gateway on this machine, with fresh keys and one bound card')
  show('listens on', sandbox.url)
  show('bound card', 'user_id 1234567, no_agree 2014031710002121, pay_type D')

  title('2. The request, built and signed, not yet sent: llpay unbind --dry-run')
  const dry = await runCli(['unbind', '--dry-run', ...CARD], sandbox.environment)
  const { sign, ...members } = JSON.parse(String(dry.answer['body']))
  show('members', JSON.stringify(members))
  show('canonical string', dry.answer['canonical'])
  show('signature', `${String(sign)} (MD5withRSA over the canonical string's UTF-8 bytes)`)
  show('request', `${String(dry.answer['method'])} ${String(dry.answer['url'])}`)

  title('3. Sent, replied, verified: llpay unbind')
  const first = await runCli(['unbind', ...CARD], sandbox.environment)
  show('reply', `${String(first.answer['ret_code'])} ${String(first.answer['ret_msg'])}`)
  show('signature', `${String(first.answer['signature'])} with the gateway's public key`)
  show('outcome', `${String(first.answer['outcome'])} (exit status ${first.status})`)

  title('4. The same again: the agreement is gone, and llpay does not call that a success')
  const second = await runCli(['unbind', ...CARD], sandbox.environment)
  const { error } = second.answer
  show('reply', `${String(error?.['returnCode'])} ${String(error?.['returnMessage'])}`)
  show('why', error?.['message'])
  show('exit status', `${second.status} (refused)`)

  const asExpected =
    dry.status === 0 &&
    first.status === 0 &&
    first.answer['outcome'] === 'unbound' &&
    second.status === 3
  title(asExpected ? 'Done.' : 'This is not what should have happened.')
  process.exitCode = asExpected ? 0 : 1
} finally {
  await sandbox.stop()
}
console.log('To see every request in the browser: npm run console')
