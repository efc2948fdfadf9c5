import { once } from 'node:events'
import { createServer } from 'node:http'

import { Findings, startWithCard, type PageQuestion, openConsole } from '../page.ts'

interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly bodies: readonly string[]
}

/** A server that gives each response in turn, and the last one from then on. */
async function openReceiver(...replies: readonly string[]): Promise<Receiver> {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString())
      response.end(replies[Math.min(bodies.length, replies.length) - 1])
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/notify`,
    bodies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const REFUSED = '{"ret_code":"9999","ret_msg":"<b>later</b>"}'
const OK = '{"ret_code":"0000","ret_msg":"ok"}'

/** Notifications: sent from the page or elsewhere, their deliveries, and what is sent again. */
export const NOTIFICATION_QUESTIONS: readonly PageQuestion[] = [
  {
    name: 'notifications: sent, delivered again, and acknowledged',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using receiver = await openReceiver(REFUSED, OK)
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      await page.getByRole('button', { name: 'Notifications', exact: true }).click()
      await page.getByText('No notification was sent.').waitFor()
      const send = page.getByRole('button', { name: 'Send', exact: true })
      const [button, panel] = [await send.boundingBox(), await page.locator('.inbox').boundingBox()]
      const rightOf = (box: typeof button) => (box === null ? 0 : box.x + box.width)
      found.holds('the button sticks out of its panel', rightOf(button) < rightOf(panel))
      await send.click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('combobox', { name: 'Kind' }).selectOption('refund')
      await dialog.getByRole('textbox', { name: 'notify_url' }).fill(receiver.url)
      for (const [name, value] of [
        ['no_refund', 'R-from-the-page'],
        ['settle_date', ''],
      ] as const) {
        await dialog.getByRole('button', { name: 'Add a member' }).click()
        await dialog.getByRole('combobox', { name: 'Name' }).last().fill(name)
        await dialog.getByRole('textbox', { name: `Value ${name}` }).fill(value)
      }
      await dialog.getByRole('button', { name: 'Send', exact: true }).click()
      await dialog.getByText('Its ret_code is not 0000.').waitFor()
      await dialog.getByText(REFUSED).waitFor()
      found.holds('member', receiver.bodies[0]?.includes('"no_refund":"R-from-the-page"') === true)
      found.holds('left out', receiver.bodies[0]?.includes('settle_date') === false)
      await dialog.getByRole('button', { name: 'Resend' }).click()
      await dialog.locator('.delivery').nth(1).getByText('acknowledged').waitFor()
      found.equal('sent again', receiver.bodies[1], receiver.bodies[0])
      await page.keyboard.press('Escape')
      const inbox = page.getByRole('region', { name: 'Notifications' })
      const row = inbox.getByRole('button', { name: /^refund/ })
      await row.filter({ hasText: 'acknowledged' }).filter({ hasText: '2 deliveries' }).waitFor()
      await inbox.getByRole('button', { name: 'Resend notification 1' }).click()
      await row.filter({ hasText: '3 deliveries' }).waitFor()
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'notifications that others send appear at once, and a reset forgets them',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using receiver = await openReceiver(OK)
      await using sandbox = await startWithCard()
      await sandbox.notifications.send({ kind: 'bind', url: receiver.url })
      await using opened = await openConsole(browser, { url: sandbox.url, locale: 'zh-CN' })
      const { page, complaints } = opened
      await page.getByRole('button', { name: '通知', exact: true }).click()
      const inbox = page.getByRole('region', { name: '通知' })
      await inbox.getByRole('button', { name: /^bind/ }).filter({ hasText: '已确认' }).waitFor()
      await sandbox.notifications.send({ kind: 'payout', url: receiver.url, fault: 'late' })
      const row = inbox.getByRole('button', { name: /^payout/ })
      await row.filter({ hasText: '待确认' }).filter({ hasText: 'late' }).waitFor()
      found.equal(
        'newest first',
        await inbox.getByRole('listitem').first().innerText(),
        await row.locator('..').innerText(),
      )
      await fetch(`${sandbox.url}/_sandbox/reset`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      await inbox.getByText('尚未发送通知。').waitFor()
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'a notification by the keyboard alone, and a problem that is shown in its form',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using receiver = await openReceiver(OK)
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      const tab = page.getByRole('button', { name: 'Notifications', exact: true })
      await tab.focus()
      await page.keyboard.press('Enter')
      await page.locator('[aria-pressed=true]').filter({ hasText: 'Notifications' }).waitFor()
      await page.getByRole('button', { name: 'Send', exact: true }).focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'notify_url' }).focus()
      await page.keyboard.type('ftp://127.0.0.1/')
      await page.keyboard.press('Enter')
      await found.counts('invalid', dialog.locator('input:invalid'), 1)
      await page.keyboard.press('Control+A')
      await page.keyboard.type(receiver.url)
      await page.keyboard.press('Enter')
      await dialog.locator('.delivery').getByText('acknowledged').waitFor()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      found.equal('deliveries', receiver.bodies.length, 1)
      return [...found.problems, ...complaints]
    },
  },
]
