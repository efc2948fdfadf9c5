import type { ChineseTexts } from './texts.ts'

const COPY_WHOLE = '完整复制，从第一个字符到最后一个字符。'
const EXPORT_AGAIN = '从生成它的地方重新导出。'
const NEW_PAIR = '生成 2048 位的 RSA 密钥对。'
const FORMS = '给出 PEM、base64、DER 字节或 JWK。'
const SOURCE = '检查它来自的变量或文件。'

/** What the errors of `keys`, `signing`, `json` and `transport` say. */
export const KEY_TEXTS: ChineseTexts = {
  'key.damaged': {
    message: '密钥已损坏：DER 编码无效或不完整。',
    hint: `完整复制，或${EXPORT_AGAIN}`,
  },
  'key.not-rsa': {
    message: '不是普通的 RSA 密钥，可能是 EC 或 RSA-PSS 密钥。',
    hint: `连连支付使用 RSA：${NEW_PAIR}`,
  },
  'key.rsa-version': {
    message: 'RSA 密钥有两个以上的素数，或版本未知。',
    hint: NEW_PAIR,
  },
  'key.format': {
    message: 'llpay 不读取这种格式：{format}。',
    hint: '用 llpay key inspect FILE 查看转换命令。',
  },
  'key.pem-not-base64': {
    message: '密钥的 BEGIN 与 END 行之间不是 base64。',
    hint: '原样重新复制密钥。',
  },
  'key.several': { message: '文本中有 {count} 个可用的密钥。', hint: '一次只给一个。' },
  'key.pem-incomplete': {
    message: '密钥的 PEM 文本不完整：缺少 END 行，或 END 行的名称不符。',
    hint: COPY_WHOLE,
  },
  'key.encrypted': {
    message: '私钥已加密。',
    hint: '提供口令（Node 用选项 passphrase，命令行用 LLPAY_PRIVATE_KEY_PASSPHRASE），或先解密：openssl pkey -in encrypted.pem -out private.pem，结果仅限所有者读取。',
  },
  'key.empty': { message: '密钥为空。', hint: SOURCE },
  'key.not-a-key': {
    message: '既不是 PEM，也不是密钥的 base64：已损坏，或给出的是文件名。',
    hint: '原样给出文件的内容。',
  },
  'key.too-long': {
    message: '文本太长，不可能是密钥。',
    hint: '只给出密钥，不要给出包含它的整个文件。',
  },
  'key.not-text': {
    message: '既不是 DER，也不是 UTF-8 文本。',
    hint: 'UTF-16 文件请先存为 UTF-8。',
  },
  'key.jwk-member': {
    message: 'JWK 缺少 base64url 格式的成员 "{member}"。',
    hint: '给出成员完整的 RSA 密钥。',
  },
  'key.jwk-not-rsa': {
    message: '该 JWK 不是 RSA 密钥："kty" 不是 "RSA"。',
    hint: `连连支付使用 RSA：${NEW_PAIR}`,
  },
  'key.not-jwk': { message: '给出的密钥是对象（{type}），但不是 JWK：没有 "kty"。', hint: FORMS },
  'key.json-no-kty': {
    message: '给出的密钥是 JSON，但不是 JWK：没有 "kty"。',
    hint: '只给出密钥本身。',
  },
  'key.jwk-not-json': {
    message: '给出的密钥开头像 JWK，但不是有效的 JSON。',
    hint: '完整复制，从第一个花括号到最后一个。',
  },
  'key.too-small': { message: 'RSA 密钥只有 {bits} 位，少于 {min} 位不安全。', hint: NEW_PAIR },
  'key.too-big': { message: 'RSA 密钥有 {bits} 位，最多支持 {max} 位。', hint: NEW_PAIR },
  'key.modulus': { message: 'RSA 密钥已损坏：模数是偶数。', hint: EXPORT_AGAIN },
  'key.exponent': {
    message: 'RSA 密钥的公钥指数不是 65537 到 2^32 之间的奇数；3 之类的小指数容易被伪造签名。',
    hint: '生成指数为 65537 的密钥对。',
  },
  'key.numbers': { message: '私钥已损坏：各组成数字不匹配。', hint: EXPORT_AGAIN },
  'key.missing': { message: '没有给出密钥。', hint: SOURCE },
  'key.type': { message: '给出的密钥是 {type} 类型的值。', hint: FORMS },
  'key.not-private': {
    message: '这里需要私钥，给出的是{kind}。',
    hint: '给出商户的 RSA 私钥；上传给连连支付的是它的公钥。',
  },
  'key.certificate': {
    message: '这里需要公钥，给出的是 X.509 证书。',
    hint: '取出其中的公钥：openssl x509 -in certificate.pem -noout -pubkey',
  },
  'key.not-public': {
    message: '这里需要公钥，给出的是{kind}。',
    hint: '给出商户站上的连连支付 RSA 公钥。',
  },
  'config.algorithm': { message: '签名算法必须是以下之一：{known}。' },
  'config.polluted-tls': {
    message: '本进程中的其他代码设置了 Object.prototype.{name}，可能影响证书校验。未发出任何请求。',
    hint: '找到设置它的代码并移除。',
  },
  'config.part-not-loaded': {
    message:
      '在当前运行环境中，或按当前的打包方式，无法加载 llpay 的一个模块（{loader}）。未发出任何请求。',
    hint: '部署打包工具在同一次构建中写出的全部文件，或将 @llpay/* 设为 external，并安装到程序运行的地方。',
  },
  'parameter.not-an-object': {
    message: '要签名的报文必须是由字段组成的普通对象。',
    hint: 'Map 或 URLSearchParams 请先转换：Object.fromEntries(value)。',
  },
  'parameter.not-signable': {
    message: '报文无法签名，以下字段不是文本，或含有半个字符（孤立的代理项）：{members}。',
    hint: '所有字段都必须是文本：数字请按报文中的写法以字符串传入。',
  },
  'sign.failed': {
    message: '加签失败，未发出任何请求。',
    hint: '查看 signer 的日志和 cause；使用 KMS 或 HSM 时，检查能否连通、密钥是否允许签名。',
  },
  'sign.no-bytes': {
    message: 'Signer 没有返回字节，未发出任何请求。',
    hint: 'Signer 必须以 Uint8Array 返回原始签名。',
  },
  'signature.not-base64': { message: '应答的签名不是规范的 base64。' },
  'signature.wrong-type': { message: '应答的 sign_type 与配置的签名算法不符。' },
  'signature.mismatch': {
    message: '用配置的网关公钥验签不通过：公钥不是连连支付当前的公钥，或应答在途中被改动。',
    hint: '与商户站上的公钥核对；用 llpay verify FILE --explain 查看验签不通过的原因。',
  },
  'signature.verifier-failed': {
    message: '验签程序出错，应答的签名不能证明任何事。',
    hint: '查看其日志和 cause。',
  },
  'reply.not-signable': { message: '应答中只能放文本的位置出现了对象或数组。' },
  'reply.member-name': { message: '应答的字段名含有字母、数字、下划线以外的字符。' },
  'reply.ambiguous': { message: '应答的待签名串可以解读成与收到的不同的字段。' },
  'reply.not-json': {
    message: '应答不是有效的 JSON：{why}。',
    hint: '可能不是网关的应答，或应答被截断：检查 URL 和代理。',
  },
  'reply.too-deep': { message: '应答的嵌套超过 {max} 层。' },
  'reply.duplicate-member': { message: '应答中有重复的字段，不同的程序可能读出不同的结果。' },
  'reply.lone-surrogate': { message: '应答中有半个字符（孤立的代理项）。' },
  'reply.not-an-object': { message: '应答是 JSON，但不是对象。' },
  'reply.too-large': { message: '应答超过 {max} 字节，连连支付的应答不会这么大。' },
  'transport.connect': {
    message: '无法与网关建立连接。',
    hint: '检查域名、网络、代理和 TLS 证书。',
  },
  'transport.closed': { message: '在收到完整响应之前，与网关的连接已断开。' },
}

/** Names that fill these texts, in Chinese. */
export const KEY_TERMS: Readonly<Record<string, string>> = {
  'a PKCS#1 RSA private key': ' PKCS#1 RSA 私钥',
  'a PKCS#1 RSA public key': ' PKCS#1 RSA 公钥',
  'a PKCS#8 private key': ' PKCS#8 私钥',
  'an encrypted PKCS#8 private key': '加密的 PKCS#8 私钥',
  'a public key': '公钥',
  'an X.509 certificate': ' X.509 证书',
  'an EC private key': ' EC 私钥',
  'not a known kind of key': '未知类型的数据',
  'OpenSSH private key': 'OpenSSH 私钥',
  'PKCS#7 certificates': 'PKCS#7 证书包',
  'XML of .NET (RSAKeyValue)': '.NET 的 XML（RSAKeyValue）',
  'PKCS#12 store (.pfx or .p12)': 'PKCS#12 密钥库（.pfx 或 .p12）',
  'Java keystore (.jks)': 'Java 密钥库（.jks）',
  'no reason given': '未说明原因',
  'text follows its end': '结尾之后还有内容',
  'a member name is not quoted': '字段名没有引号',
  'a member has no colon': '字段缺少冒号',
  'an object is not closed': '对象没有结束',
  'an array is not closed': '数组没有结束',
  'a string is not closed': '字符串没有结束',
  'a string contains a control character': '字符串含有控制字符',
  'an escape does not have four hexadecimal digits': '转义序列不是四位十六进制数字',
  'an escape is unknown': '未知的转义序列',
  'it ends too early': '提前结束',
  'a value is malformed': '值的格式错误',
}
