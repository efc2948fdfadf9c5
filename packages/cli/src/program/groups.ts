import { t, type Phrase } from '../output/language.ts'

/** What the commands of each group are about. */
export const GROUPS: Readonly<Record<string, Phrase>> = {
  card: t('List, bind and unbind bank cards', '查询、绑定与解绑银行卡'),
  'sandbox cards': t('Change the cards of a running sandbox', '更改运行中的沙箱的卡'),
  notification: t("Try LianLian's notifications on this machine", '在本机试用连连支付的通知'),
  key: t('Generate, inspect and convert keys', '生成、查看与转换密钥'),
}
