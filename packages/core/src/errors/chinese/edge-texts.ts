import type { ChineseTexts } from './texts.ts'

/** What the errors of `@llpay/edge` say. */
export const EDGE_TEXTS: ChineseTexts = {
  'algorithm.no-backend': {
    message: '当前运行环境无法用 {algorithm} {purpose}：{tried}。未发出任何请求。',
    hint: '将 allowBigIntSigning 设为 true，或自行提供 Signer 和 Verifier。',
  },
  'config.allow-bigint': { message: 'allowBigIntSigning 只能是 true 或 false。' },
  'config.backend': { message: 'backend 只能是以下之一：{list}。' },
  'config.bigint-not-allowed': {
    message: 'backend 为 bigint，但只有 allowBigIntSigning 为 true 时才能用它加签。',
    hint: '将 allowBigIntSigning 设为 true，或不要设置 backend。',
  },
  'config.key-missing': { message: '缺少 {option}。', hint: '请提供 RSA 密钥。' },
  'crypto-key.not-rsa': {
    message: 'CryptoKey 不是用于 {scheme} 的 RSA 密钥。连连支付使用普通 RSA 签名。',
  },
  'crypto-key.unusable': {
    message: '当前运行环境无法用这个不可导出的 CryptoKey 以 {algorithm} {purpose}。',
    hint: '改为提供 PEM、base64 或 JWK 格式的密钥。',
  },
  'crypto-key.wrong-hash': {
    message:
      'CryptoKey 不可导出，而且导入时没有指定用途 {purpose} 和 {algorithm} 所需的哈希 {hash}。CryptoKey 与哈希绑定，无法更改。',
    hint: '提供 PEM、base64 或 JWK 格式的密钥，由 llpay 导入。',
  },
  'crypto-key.wrong-type': {
    message: 'CryptoKey 的类型是 {type}，这里需要 {expected}。',
  },
  'key.foreign-object': {
    message: '密钥是一个对象，但既不是 JWK，也不是当前运行环境的 CryptoKey。',
    hint: '请提供 PEM、base64、DER 字节、JWK 或 CryptoKey；KeyObject 请用 @llpay/node。',
  },
  'sign.failed': {
    message: '运行环境接受了私钥，却无法用它加签。未发出任何请求。',
  },
}
