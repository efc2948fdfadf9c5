import { t, type Text } from '../output/language.ts'

/** The variables that llpay reads, and what they give. */
export const VARIABLE_ROWS: readonly (readonly [name: string, text: Text])[] = [
  ['LLPAY_OID_PARTNER', t('the merchant number, 18 digits', '商户号，18 位数字')],
  [
    'LLPAY_PRIVATE_KEY',
    t(
      "the merchant's private key, or LLPAY_PRIVATE_KEY_FILE",
      '商户私钥；或用 LLPAY_PRIVATE_KEY_FILE',
    ),
  ],
  ['LLPAY_PRIVATE_KEY_PASSPHRASE', t('for an encrypted private key', '私钥的口令')],
  [
    'LLPAY_GATEWAY_KEY',
    t(
      "LianLian's public key, or LLPAY_GATEWAY_KEY_FILE",
      '连连支付公钥；或用 LLPAY_GATEWAY_KEY_FILE',
    ),
  ],
  [
    'LLPAY_BASE_URL',
    t("gateway to call (default: LianLian's hosts)", '网关地址（默认：连连支付的主机）'),
  ],
  ['LLPAY_PROFILE', t('the profile that fills in unset values', '补齐未设置值的配置档')],
  ['HTTPS_PROXY, NO_PROXY', t('a proxy; never for this machine', '代理；访问本机时不使用')],
  ['NODE_EXTRA_CA_CERTS', t('certificates of a private authority', '私有证书颁发机构的证书')],
  ['NO_COLOR', t('prints without colour', '不使用颜色')],
  ['LC_ALL, LC_MESSAGES, LANG', t('the language: Chinese for zh*', '语言：zh* 为中文')],
]

/** The variables of a call: all but what Node.js and every program read. */
export const CALL_VARIABLES: readonly string[] = [
  'LLPAY_OID_PARTNER',
  'LLPAY_PRIVATE_KEY',
  'LLPAY_PRIVATE_KEY_PASSPHRASE',
  'LLPAY_GATEWAY_KEY',
  'LLPAY_BASE_URL',
  'LLPAY_PROFILE',
  'HTTPS_PROXY, NO_PROXY',
]
