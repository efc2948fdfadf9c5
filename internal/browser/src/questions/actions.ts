import { OID_PARTNER } from '@internal/testkit/merchant'
import { plainCanonical, plainSign } from '@internal/testkit/signing'

import {
  Findings,
  readClipboard,
  CARD,
  startWithCard,
  unbindByCli,
  type PageQuestion,
  openConsole,
} from '../page.ts'

/** What can be done with requests, cards and messages. */
export const ACTION_QUESTIONS: readonly PageQuestion[] = [
  {
    name: 'replay, edit and re-sign, and copies',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      const client = await sandbox.client()
      await client.card.unbind(CARD, { settle: 'never' })
      const rows = page.getByRole('treeitem', { level: 1 })
      await rows.filter({ hasText: '0000' }).waitFor()
      await page.getByRole('button', { name: 'Replay' }).click()
      await rows.filter({ hasText: '3003' }).waitFor()
      await page.getByRole('button', { name: 'Edit and re-sign' }).click()
      await page.getByRole('textbox', { name: 'Value user_id' }).fill('edited-user')
      await page.getByRole('button', { name: 'Re-sign and send' }).click()
      await rows.filter({ hasText: 'edited-user' }).waitFor()
      found.equal('signature of the edited request', sandbox.requests.at(-1)?.checks[3]?.ok, true)
      await page.getByRole('button', { name: 'curl', exact: true }).click()
      found.holds('curl', (await readClipboard(page)).includes('"user_id":"edited-user"'))
      await page.getByRole('button', { name: 'CLI', exact: true }).click()
      found.holds('CLI', (await readClipboard(page)).includes('--user-id edited-user'))
      await page.getByRole('button', { name: 'TypeScript', exact: true }).click()
      found.holds('TypeScript', (await readClipboard(page)).includes("user_id: 'edited-user'"))
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'a failed signature is explained, with what was signed',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      const members = { oid_partner: OID_PARTNER, ...CARD, sign_type: 'RSA' }
      const { sign_type: _, ...withoutType } = members
      const sign = plainSign(plainCanonical(withoutType), sandbox.keys.merchant.privateKey)
      await fetch(`${sandbox.url}/bankcardunbind.htm`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...members, sign }),
      })
      await page.getByRole('treeitem').filter({ hasText: '1001' }).waitFor()
      await page.getByRole('tab', { name: 'Signature', exact: true }).click()
      await page.locator('.causes').filter({ hasText: 'sign_type' }).waitFor()
      await page.locator('tr.different').filter({ hasText: 'sign_type' }).waitFor()
      await found.counts('rows that differ', page.locator('tr.different'), 1)
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'a pasted message is verified in the page',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      const before = sandbox.requests.length
      const members = { oid_partner: OID_PARTNER, ...CARD, sign_type: 'RSA' }
      const sign = plainSign(plainCanonical(members), sandbox.keys.merchant.privateKey)
      await page.getByRole('button', { name: 'Paste a message' }).click()
      const dialog = page.getByRole('dialog')
      const message = dialog.getByRole('textbox', { name: 'Message, as JSON' })
      const verify = dialog.getByRole('button', { name: 'Verify', exact: true })
      await message.fill(JSON.stringify({ ...members, sign }))
      await verify.click()
      await dialog.getByText('Verified', { exact: true }).waitFor()
      await message.fill(JSON.stringify({ ...members, user_id: 'someone-else', sign }))
      await verify.click()
      await dialog.getByText('Not verified', { exact: true }).waitFor()
      await dialog.locator('.causes li').first().waitFor()
      await dialog.getByRole('combobox', { name: 'Verify with' }).selectOption('pasted')
      await dialog
        .getByRole('textbox', { name: 'Public key' })
        .fill(sandbox.keys.merchant.publicKey)
      await message.fill(JSON.stringify({ ...members, sign }))
      await verify.click()
      await dialog.getByText('Verified', { exact: true }).waitFor()
      found.equal('requests', sandbox.requests.length, before)
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'cards: bind, unbind, history, and an import of 2,000',
    ask: async ({ browser }) => {
      const found = new Findings()
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      const cards = page.getByRole('region', { name: 'Cards' })
      await page.getByRole('button', { name: 'Bind a card' }).click()
      await page
        .getByRole('textbox', { name: /^user_id/ })
        .last()
        .fill('bound-here')
      await page
        .getByRole('textbox', { name: /^no_agree/ })
        .last()
        .fill('99')
      await page.getByRole('button', { name: 'Bind', exact: true }).click()
      await cards.getByText('bound-here').waitFor()
      await cards.getByRole('button', { name: 'Unbind 99' }).click()
      await cards.getByText('bound-here').waitFor({ state: 'detached' })
      await unbindByCli(sandbox)
      sandbox.state.cards.bind(CARD)
      await page.getByRole('button', { name: 'Import CSV' }).click()
      const lines = Array.from({ length: 2000 }, (_, index) => `many-${index},${index + 1},D`)
      await page.getByLabel('Choose a file').setInputFiles({
        name: 'cards.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`user_id,no_agree,pay_type\n${lines.join('\n')}\n`),
      })
      await page.waitForFunction(() =>
        [...document.querySelectorAll('textarea')].some(({ value }) => value.includes('many-1999')),
      )
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByText('2000 cards imported').waitFor()
      await cards.getByText('2001', { exact: true }).waitFor()
      const drawn = await cards.getByRole('row').count()
      found.holds(`${drawn} cards are drawn`, drawn < 60)
      await cards.getByRole('button', { name: `History of ${CARD.no_agree}` }).click()
      await page.getByRole('dialog').getByText('card.unbind').waitFor()
      return [...found.problems, ...complaints]
    },
  },
  {
    name: 'the SMS inbox and the return codes',
    ask: async ({ browser }) => {
      await using sandbox = await startWithCard()
      await using opened = await openConsole(browser, { url: sandbox.url })
      const { page, complaints } = opened
      const client = await sandbox.client()
      await client.card.applyBind({
        user_id: 'sms-user',
        pay_type: 'D',
        card_no: '6228480402564890018',
        acct_name: '张三',
        bind_mob: '13800000000',
        id_type: '0',
        id_no: '330101199001010000',
        risk_item: '{"frms_ware_category":"2009","user_info_mercht_userno":"1"}',
      })
      await page.getByRole('region', { name: 'SMS inbox' }).getByText('123456').waitFor()
      await page.getByRole('button', { name: 'Return codes' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('searchbox').fill('签名')
      await dialog.getByRole('button', { name: /^1001/ }).click()
      await dialog.getByText('What to do').waitFor()
      return complaints
    },
  },
]
