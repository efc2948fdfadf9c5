import { isSandboxKey, type RsaPublicKey } from '@llpay/core/keys'

import { describeMessage } from './describe-message.ts'
import { findText } from './find-text.ts'
import type { Piece, ReadMessage } from './read-message.ts'
import { readSign } from './read-sign.ts'
import { recoverBlock, type SignedBlock } from './recover-block.ts'
import { isPss, repairSignature } from './repair-signature.ts'

/** A key, and what to call it. */
export interface NamedKey {
  readonly name: string
  readonly key: RsaPublicKey
}

/** What verification was given. */
export interface Evidence {
  readonly read: ReadMessage
  /** The keys that may have made the signature. */
  readonly keys: readonly NamedKey[]
  /** Keys that should not have made it, each with what it means if one did. */
  readonly others: readonly (NamedKey & { readonly says: string })[]
  /** The members that the endpoint does not sign. */
  readonly unsigned: readonly string[]
  /** The message as it was before something altered it, if it is known. */
  readonly truth?: ReadMessage | undefined
}

/** Why a message does not verify. */
export interface Diagnosis {
  /** What was found, the surest first. */
  readonly causes: readonly string[]
  /** The key that made the signature, as far as that is known. */
  readonly madeBy: NamedKey | undefined
  readonly block: SignedBlock | undefined
}

const ALGORITHM: Readonly<Record<string, string>> = {
  md5: 'MD5withRSA',
  sha1: 'SHA1withRSA',
  sha224: 'SHA224withRSA',
  sha256: 'SHA256withRSA',
  sha384: 'SHA384withRSA',
  sha512: 'SHA512withRSA',
}

function explainBlock(block: SignedBlock): string[] {
  if (block.kind === 'bare') {
    return [
      'The signature holds something else than a digest in its header, as "encrypting with the private key" does: use a function that signs, with MD5withRSA.',
    ]
  }
  return block.hash === 'md5'
    ? []
    : [
        `The signature was made with ${ALGORITHM[block.hash]}: sign_type RSA stands for MD5withRSA. Sign with MD5.`,
      ]
}

const textIn = (list: readonly Piece[], name: string) =>
  list.find((piece) => piece.name === name)?.text ?? ''

function differences(pieces: readonly Piece[], truth: ReadMessage): string[] {
  const names = new Set([...pieces, ...truth.pieces].map(({ name }) => name))
  const other = [...names].filter(
    (name) => name !== 'sign' && textIn(pieces, name) !== textIn(truth.pieces, name),
  )
  return other.length === 0
    ? ['The message has the members and values of the true one.']
    : [`These members differ from the true message: ${other.join(', ')}.`]
}

const UNEXPLAINED =
  'The key is the right one, but the text is another: a member was altered, added or removed after signing, or something was signed that is not in the message. Give the message as its sender has it with --true, and the member is named.'

function explainText(block: SignedBlock, { read, unsigned, truth }: Evidence): string[] {
  const ofTruth = truth === undefined ? undefined : findText(block, truth.pieces, unsigned)
  const altered = truth === undefined ? [] : differences(read.pieces, truth)
  if (ofTruth?.length === 0) {
    return [
      ...altered,
      'The signature is that of the true message: this one was altered on its way.',
    ]
  }
  const found = findText(block, read.pieces, unsigned) ?? ofTruth
  if (found !== undefined) return [...altered, ...found]
  return truth === undefined
    ? [UNEXPLAINED]
    : [...altered, 'The signature is not that of the true message either.']
}

const PSS =
  'The signature was made with RSASSA-PSS: use the older padding, PKCS#1 v1.5, which libraries call MD5withRSA.'

function explainSize(signature: Uint8Array, keys: readonly NamedKey[]): string[] {
  const sizes = [...new Set(keys.map(({ key }) => key.bits))]
  const bits = signature.length * 8
  return sizes.some((each) => Math.ceil(each / 8) * 8 === bits)
    ? []
    : [
        `The signature has ${signature.length} bytes, so a key of ${bits} bits made it, or it was cut off; the key given has ${sizes.join(' or ')}.`,
      ]
}

function explainKey(signature: Uint8Array, evidence: Evidence): string[] {
  const { keys, others, read, unsigned } = evidence
  const other = others.find(({ key }) => recoverBlock(key, signature) !== undefined)
  const ours = others
    .filter((each) => keys.some(({ key }) => key.matches(each.key)))
    .map(({ name }) => `The key that was given to verify with is ${name}.`)
  const sandbox = keys
    .filter(({ key }) => isSandboxKey(key))
    .map(
      ({ name }) =>
        `The key of ${name} was made for a sandbox: it verifies what that sandbox signed, and nothing of LianLian's.`,
    )
  if (other !== undefined) return [...ours, ...sandbox, other.says]
  const { canonical } = describeMessage(read, unsigned)
  if (keys.some(({ key }) => isPss(key, canonical, signature))) return [PSS]
  return [
    ...ours,
    ...sandbox,
    ...explainSize(signature, keys),
    'Another key made this signature, or the signature itself is damaged: the key that was given is not the other half of the one that signed.',
  ]
}

/** The signature as it was made, and what was done to it since. */
function recover({ read, keys, others }: Evidence): {
  signature: Uint8Array | undefined
  wrong: readonly string[]
} {
  const { signature, wrong } = readSign(read.pieces)
  const miswritten = wrong === undefined ? [] : [wrong]
  const all = [...keys, ...others].map(({ key }) => key)
  const isWhole =
    signature === undefined || all.some((key) => recoverBlock(key, signature) !== undefined)
  const repaired = isWhole ? undefined : repairSignature(all, signature)
  return repaired === undefined
    ? { signature, wrong: miswritten }
    : { signature: repaired.signature, wrong: [...miswritten, repaired.wrong] }
}

/** Finds out why a message does not verify. */
export function diagnose(evidence: Evidence): Diagnosis {
  const { signature, wrong } = recover(evidence)
  const causes = [...wrong]
  if (signature === undefined) return { causes, madeBy: undefined, block: undefined }
  const candidates: readonly NamedKey[] = [...evidence.keys, ...evidence.others]
  const madeBy = candidates.find(({ key }) => recoverBlock(key, signature) !== undefined)
  const block = madeBy && recoverBlock(madeBy.key, signature)
  const isGiven = evidence.keys.some((key) => key === madeBy)
  if (!isGiven) causes.push(...explainKey(signature, evidence))
  if (block !== undefined) causes.push(...explainBlock(block), ...explainText(block, evidence))
  return { causes, madeBy, block }
}
