import { readJsonObject } from '@llpay/core/adapter'
import { parse as parseLossless } from 'lossless-json'

import { cpuPerSyncCall } from '../measure/cost.ts'
import { interleave } from '../measure/interleave.ts'
import type { Bench } from '../measure/result.ts'

const ROW = {
  no_agree: '2014031710002121',
  card_no: '0018',
  card_type: '2',
  bank_code: '01030000',
  bank_name: '中国农业银行',
  bind_mobile: '138****0000',
}

/** A list of bound cards of about this size in bytes. */
function listOf(bytes: number): string {
  const rows = Math.max(1, Math.round((bytes - 120) / (Buffer.byteLength(JSON.stringify(ROW)) + 1)))
  return JSON.stringify({
    ret_code: '0000',
    ret_msg: '交易成功',
    user_id: '1234567',
    count: String(rows),
    sign_type: 'RSA',
    agreement_list: Array.from({ length: rows }, () => ROW),
  })
}

const SIZES = [
  { name: '200 B', bytes: 200, calls: 5_000 },
  { name: '20 kB', bytes: 20_000, calls: 200 },
  { name: '1 MB', bytes: 1_000_000, calls: 4 },
]

/** The strict reader, which keeps the source of each value and refuses duplicates, against others. */
export const benchReader: Bench = async function* ({ short }) {
  for (const { name, bytes, calls } of SIZES) {
    const text = listOf(bytes)
    const perByte = (read: (text: string) => unknown) => async () =>
      ((await cpuPerSyncCall(calls, () => read(text))) * 1_000) / text.length
    const rows = await interleave(
      [
        { name: 'JSON.parse', role: 'limit', sample: perByte((each) => JSON.parse(each)) },
        { name: 'llpay strict reader', role: 'ours', sample: perByte(readJsonObject) },
        { name: 'lossless-json', role: 'peer', sample: perByte((each) => parseLossless(each)) },
      ],
      short ? 7 : 15,
    )
    yield { title: `reader, ${name}`, unit: 'ns of CPU per character', rows }
  }
}
