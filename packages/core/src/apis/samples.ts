/**
 * For every endpoint of the catalogue a request and its good reply, as they could be: the sandbox
 * replies with them, and the reference shows them. The client never loads this table.
 *
 * @module @llpay/core/samples
 */
import type * as catalogue from './catalogue.ts'

/** A request and its good reply. No card, customer or merchant in it is real. */
export interface Sample {
  /** The parameters of the request. */
  readonly params: Readonly<Record<string, string>>
  /** The members of the reply that are the endpoint's own, without `ret_code`, `ret_msg` and `sign`. */
  readonly reply: Readonly<Record<string, unknown>>
}

type CardApis = typeof catalogue.card
/** The ids of the catalogue's endpoints. */
export type CatalogueId = CardApis[keyof CardApis]['id']

const CUSTOMER = '1234567'
const AGREEMENT = '2014031710002121'

/** A sample for every endpoint, by its id. */
export const SAMPLES: Readonly<Record<CatalogueId, Sample>> = {
  'card.list': {
    params: { user_id: CUSTOMER, pay_type: 'D', offset: '0' },
    reply: {
      user_id: CUSTOMER,
      count: '1',
      agreement_list: [
        {
          no_agree: AGREEMENT,
          card_no: '0018',
          card_type: '2',
          bank_code: '01030000',
          bank_name: '中国农业银行',
          bind_mobile: '138****0000',
        },
      ],
    },
  },
  'card.query-bin': {
    params: { card_no: '6228480402564890018' },
    reply: { bank_code: '01030000', bank_name: '中国农业银行', card_type: '2' },
  },
  'card.apply-bind': {
    params: {
      user_id: CUSTOMER,
      pay_type: 'D',
      card_no: '6228480402564890018',
      acct_name: '张三',
      bind_mob: '13800000000',
      id_type: '0',
      id_no: '330101199001010000',
      risk_item: '{"frms_ware_category":"2009","user_info_mercht_userno":"1234567"}',
    },
    reply: { user_id: CUSTOMER, token: '6C1F2AD0D2F14E0E8F0C1B7A3E5D9F42' },
  },
  'card.verify-bind': {
    params: {
      user_id: CUSTOMER,
      token: '6C1F2AD0D2F14E0E8F0C1B7A3E5D9F42',
      verify_code: '123456',
    },
    reply: { user_id: CUSTOMER, no_agree: AGREEMENT, card_no: '0018' },
  },
  'card.unbind': {
    params: { user_id: CUSTOMER, no_agree: AGREEMENT, pay_type: 'D' },
    reply: {},
  },
}
