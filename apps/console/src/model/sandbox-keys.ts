import type { PublicKeys } from '../wire/control-api.ts'
import type { DiagnosisKeys } from './diagnose-message.ts'

/** Whose key verifies a message. */
export type KeyRole = 'merchant' | 'gateway'

/** What the keys are called, in the language of the page. */
export type KeyNames = Readonly<Record<KeyRole | 'pasted', string>>

/** What it means if a key of the sandbox signed in place of the other. */
const MISTAKES = {
  merchant: {
    cause: {
      key: 'key.sandbox-merchant',
      en: "The signature was made with the sandbox's merchant key: this is a request, not a reply. Verify it with the merchant key.",
      zh: '签名由沙箱的商户私钥生成：这是请求，不是应答。请用商户公钥验签。',
    },
  },
  gateway: {
    cause: {
      key: 'key.sandbox-gateway',
      en: "The signature was made with the sandbox's gateway key: this is a reply, not a request. Verify it with the gateway key.",
      zh: '签名由沙箱的网关私钥生成：这是应答，不是请求。请用网关公钥验签。',
    },
  },
} as const

const OTHER = { merchant: 'gateway', gateway: 'merchant' } as const

/** The keys for a message that one side of the sandbox signed; none before they are known. */
export function sandboxKeys(
  keys: PublicKeys,
  role: KeyRole,
  names: KeyNames,
): DiagnosisKeys | undefined {
  const pem = keys[role]
  if (pem === undefined) return undefined
  const other = OTHER[role]
  const otherPem = keys[other]
  return {
    key: { name: names[role], pem },
    others:
      otherPem === undefined ? [] : [{ ...MISTAKES[other], name: names[other], pem: otherPem }],
  }
}

/** The keys for a message that a pasted key verifies. */
export function pastedKeys(keys: PublicKeys, pem: string, names: KeyNames): DiagnosisKeys {
  const roles: readonly KeyRole[] = ['merchant', 'gateway']
  return {
    key: { name: names.pasted, pem },
    others: roles.flatMap((role) => {
      const known = keys[role]
      return known === undefined ? [] : [{ ...MISTAKES[role], name: names[role], pem: known }]
    }),
  }
}
