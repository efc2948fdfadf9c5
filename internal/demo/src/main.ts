// `npm start`: one card is unbound against a gateway on this machine, through the real command line,
// and a reader sees each step.
import { CARD } from '@internal/testkit/merchant'
import { startSandbox } from '@llpay/sandbox/node'

import { runCli, runInWords } from './run-cli.ts'
import { say, show, title } from './show.ts'

const { user_id, no_agree, pay_type } = CARD
const FLAGS = ['--user-id', user_id, '--no-agree', no_agree, '--pay-type', pay_type]

const sandbox = await startSandbox({ cards: [CARD] })
try {
  title(
    say(
      '1. A LianLian gateway on this machine, with fresh keys and one bound card',
      '1. 本机上的连连支付网关，密钥刚刚生成，绑定了一张卡',
    ),
  )
  show(say('listens on', '监听地址'), sandbox.url)
  show(
    say('bound card', '已绑定的卡'),
    `user_id ${user_id}, no_agree ${no_agree}, pay_type ${pay_type}`,
  )

  title(
    say(
      '2. The request, built and signed, not yet sent: llpay unbind --dry-run',
      '2. 构造并签名的请求，尚未发送：llpay unbind --dry-run',
    ),
  )
  const dry = await runCli(['unbind', '--dry-run', ...FLAGS], sandbox.env)
  const { sign, ...members } = JSON.parse(String(dry.answer['body']))
  show(say('members', '字段'), JSON.stringify(members))
  show(say('canonical string', '待签名串'), dry.answer['canonical'])
  show(
    say('signature', '签名'),
    `${String(sign)}${say(" (MD5withRSA over the canonical string's UTF-8 bytes)", '（对待签名串的 UTF-8 字节做 MD5withRSA）')}`,
  )
  show(say('request', '请求'), `${String(dry.answer['method'])} ${String(dry.answer['url'])}`)

  title(say('3. Sent, replied, verified: llpay unbind', '3. 发送、收到应答、验签：llpay unbind'))
  const first = await runCli(['unbind', ...FLAGS], sandbox.env)
  show(
    say('reply', '应答'),
    `${String(first.answer['ret_code'])} ${String(first.answer['ret_msg'])}`,
  )
  show(
    say('signature', '签名'),
    `${String(first.answer['signature'])} ${say("with the gateway's public key", '（用网关公钥验签）')}`,
  )
  show(
    say('outcome', '结果'),
    say(
      `${String(first.answer['outcome'])} (exit status ${first.status})`,
      `已解绑 ${String(first.answer['outcome'])}（退出码 ${first.status}）`,
    ),
  )

  title(
    say(
      '4. The same again: the agreement is gone, and llpay does not call that a success',
      '4. 再来一次：协议已不存在，llpay 不会把它当作成功',
    ),
  )
  const second = await runCli(['unbind', ...FLAGS], sandbox.env)
  const { error } = second.answer
  show(say('reply', '应答'), `${String(error?.['returnCode'])} ${String(error?.['returnMessage'])}`)
  show(say('why', '原因'), await runInWords(['unbind', ...FLAGS], sandbox.env))
  show(say('exit status', '退出码'), `${second.status}${say(' (refused)', '（被拒绝）')}`)

  const asExpected =
    dry.status === 0 &&
    first.status === 0 &&
    first.answer['outcome'] === 'unbound' &&
    second.status === 3
  title(
    asExpected
      ? say('Done.', '完成。')
      : say('This is not what should have happened.', '结果与预期不符。'),
  )
  process.exitCode = asExpected ? 0 : 1
} finally {
  await sandbox[Symbol.asyncDispose]()
}
console.log(
  say(
    'To see every request in the browser: npm run console',
    '在浏览器中查看每个请求：npm run console',
  ),
)
