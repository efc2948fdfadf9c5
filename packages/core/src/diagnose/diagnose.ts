import type { Api } from '../api/define-api.ts'
import * as catalogue from '../apis/catalogue.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { LLPayError } from '../errors/ll-pay-error.ts'
import { toHex } from './bytes.ts'
import { type CanonicalSteps, traceCanonical } from './canonical-steps.ts'
import type { Cause } from './cause.ts'
import { decompressNatively } from './decode-message.ts'
import { type Evidence, explainBlock, explainKey, explainText } from './explain.ts'
import type { Search } from './find-text.ts'
import { lintMessage, listRefusals } from './lint-message.ts'
import type { Decompress, DiagnoseKey, Digest, HashName, OtherKey } from './ports.ts'
import { readSign } from './read-sign.ts'
import { membersOf, type ReceivedMessage } from './received.ts'
import { DEFAULT_STEPS, SearchBudget } from './search.ts'
import { isPss, recoverBlock, repairSignature, type SignedBlock } from './signed-block.ts'
import { sizeOf, unwrap, type Unwrapped } from './unwrap.ts'
import { causeOfError, findVerifyError } from './verify-error.ts'

/** What a diagnosis takes beside the message. */
export interface DiagnoseOptions {
  /** The keys that should have made the signature: one of them has to verify it. */
  readonly keys: readonly DiagnoseKey[]
  /** The hash functions, since no runtime has them all. */
  readonly digest: Digest
  /** Keys that are often taken for the right one, each with what it means if it made the signature. */
  readonly others?: readonly OtherKey[]
  /**
   * The members that the endpoint does not sign (default: those of every endpoint of the catalogue).
   */
  readonly unsignedFields?: readonly string[]
  /**
   * Whether the message is known to be a reply or notification of LianLian's (default: it is one where a
   * member is LianLian's alone, such as `ret_code`). In one of these a signed text that can be read in two
   * ways is refused; the signer of a request knows what was meant.
   */
  readonly isReply?: boolean | undefined
  /** The message as its sender has it, to compare with. */
  readonly truth?: Uint8Array | string | undefined
  /** Decompresses the message (default: gzip and deflate, by the DecompressionStream of the runtime). */
  readonly decompress?: Decompress
  /** After how many steps the search for a cause stops (default: 200,000); one handles up to 2 KiB. */
  readonly maxSteps?: number
  /** Called now and then while searching: a page waits for a frame here, and stays responsive. */
  readonly pause?: () => Promise<void>
}

/** What a signature turned out to be. */
export interface SignatureFacts {
  /**
   * `absent`: the message is not signed; `unreadable`: `sign` is not a signature in base64; `unopened`:
   * none of the keys made it; `opened`: a key opened it, so that what it holds is known.
   */
  readonly state: 'absent' | 'unreadable' | 'unopened' | 'opened'
  /** The name of the key that made it. */
  readonly madeBy?: string
  /** The hash function that it names; missing where it holds something else than a digest. */
  readonly hash?: HashName
  /** The digest that was signed, in hexadecimal. */
  readonly digest?: string
}

/** Whether a message verifies, and everything that was found out about it. */
export interface VerifyReport {
  /** Whether one of the verifiers accepted the signature, and nothing else speaks against it. */
  readonly verified: boolean
  /** What was received, without what was wrapped around it. */
  readonly received: ReceivedMessage
  /** The text that should be signed, and how it comes about. */
  readonly steps: CanonicalSteps
  readonly signature: SignatureFacts
  /** The text that was signed, before any encoding of it as a whole; missing where it was not found. */
  readonly signedText: string | undefined
  /** Why it does not verify, the surest first; none where it does. */
  readonly causes: readonly Cause[]
  /** What else is odd: what the message was wrapped in, names that LianLian does not know, ... */
  readonly notes: readonly Cause[]
  /** What a client would throw; missing where the message verifies. */
  readonly error: LLPayError | undefined
  /** How far the search for a cause went. */
  readonly search: {
    readonly steps: number
    /**
     * Whether `maxSteps` stopped it before it had tried up to two usual mistakes at once, so that a
     * usual cause may have been missed.
     */
    readonly stopped: boolean
  }
}

const listApis = () => Object.values(catalogue).flatMap((group): Api[] => Object.values(group))

/** The names that members of the messages of the catalogue have. */
export function knownNames(): string[] {
  const names = listApis().flatMap(({ params, reply }) => [
    ...Object.keys(params),
    ...Object.keys(reply),
  ])
  return [...new Set(['oid_partner', 'sign_type', 'sign', ...names])]
}

function toReceived(message: Uint8Array | string, unwrapped: Unwrapped): ReceivedMessage {
  const { object, text, charset, wrappers } = unwrapped
  return {
    members: membersOf(object),
    text,
    charset,
    bytes: sizeOf(message),
    wrappers,
    isReply: object.members.has('ret_code'),
  }
}

/**
 * Reads a message as it came: bytes or text, also where they are not UTF-8, or wrapped in something.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where there is no JSON object inside.
 * @throws {ProtocolError} `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_INVALID`.
 * @example
 * import { readReceived } from '@llpay/core/diagnose'
 * const { members, wrappers } = await readReceived('"{\\"user_id\\":\\"u-1\\"}"')
 * console.log(members[0]?.name, wrappers[0]?.key) // user_id wrapped.json-string
 */
export async function readReceived(
  message: Uint8Array | string,
  decompress: Decompress = decompressNatively,
): Promise<ReceivedMessage> {
  return toReceived(message, await unwrap(message, decompress))
}

/** Options and messages may come from untyped code. */
function checkInput(message: unknown, keys: readonly DiagnoseKey[]): void {
  if (typeof message !== 'string' && !(message instanceof Uint8Array)) {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      'The message is neither text nor bytes. Give it as a string or a Uint8Array, as it was received and before any parsing.',
    )
  }
  if (keys.length > 0) return
  throw new ConfigError(
    'ERR_CONFIG_MISSING',
    "No key was given to verify with. Give LianLian's public key for a reply, your own for a request.",
  )
}

/** What the signature of a message is. */
interface Opened {
  readonly facts: SignatureFacts
  readonly causes: readonly Cause[]
  readonly block: SignedBlock | undefined
}

function describeBlock(block: SignedBlock): Pick<SignatureFacts, 'hash' | 'digest'> {
  return block.kind === 'bare' ? {} : { hash: block.hash, digest: toHex(block.digest) }
}

/** Opens the signature with the key that made it. */
function openSignature(evidence: Evidence, canonical: string, digest: Digest): Opened {
  const { received, keys, others } = evidence
  const { signature: read, wrong, isAbsent = false } = readSign(received)
  const miswritten = wrong === undefined ? [] : [wrong]
  if (read === undefined) {
    const state = isAbsent ? 'absent' : 'unreadable'
    return { facts: { state }, causes: miswritten, block: undefined }
  }
  const all = [...keys, ...others].map(({ key }) => key)
  const isWhole = all.some((key) => recoverBlock(key, read) !== undefined)
  const repaired = isWhole ? undefined : repairSignature(all, read)
  const signature = repaired?.signature ?? read
  const causes = repaired === undefined ? miswritten : [...miswritten, repaired.wrong]
  const made = ({ key }: { readonly key: DiagnoseKey['key'] }) =>
    recoverBlock(key, signature) !== undefined
  const ours = keys.find(made)
  const other = ours === undefined ? others.find(made) : undefined
  if (ours === undefined) {
    const pss =
      other === undefined && keys.some(({ key }) => isPss(key, canonical, signature, digest))
    causes.push(...explainKey(signature, evidence, other, pss))
  }
  const madeBy = ours ?? other
  const block = madeBy && recoverBlock(madeBy.key, signature)
  if (madeBy === undefined || block === undefined) {
    return { facts: { state: 'unopened' }, causes, block: undefined }
  }
  return {
    facts: { state: 'opened', madeBy: madeBy.name, ...describeBlock(block) },
    causes: [...causes, ...explainBlock(block)],
    block,
  }
}

/**
 * Verifies a message, and finds out why it does not verify: what was signed in its place, with which
 * key, or how it was altered.
 *
 * An RSA signature holds the digest of the text that was signed. Opened with the right key it tells a
 * wrong key from a wrong text, and the usual mistakes are tried until the digest fits. Whether the
 * message verifies is decided by the verifiers alone.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for what is not a JSON object, whatever it is wrapped in;
 *   `ERR_CONFIG_MISSING` where no key was given.
 * @throws {ProtocolError} `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_INVALID` for JSON that two readers
 *   may read differently.
 * @example
 * import { createHash } from 'node:crypto'
 * import { diagnose } from '@llpay/core/diagnose'
 * import { parsePublicKey } from '@llpay/core/keys'
 * import { createVerifier } from '@llpay/node'
 * declare const message: Uint8Array
 * declare const pem: string
 * const verifier = await createVerifier(pem, 'MD5withRSA')
 * const { verified, causes } = await diagnose(message, {
 *   keys: [{ name: 'gateway.pem', key: parsePublicKey(pem), verifier }],
 *   digest: (name, bytes) => createHash(name).update(bytes).digest(),
 * })
 * if (!verified) for (const { key, en, zh } of causes) console.log(key, en, zh)
 */
export async function diagnose(
  message: Uint8Array | string,
  options: DiagnoseOptions,
): Promise<VerifyReport> {
  const { keys, others = [], digest, decompress = decompressNatively, truth } = options
  checkInput(message, keys)
  const unsigned = options.unsignedFields ?? listApis().flatMap((api) => api.unsignedFields)
  const unwrapped = await unwrap(message, decompress)
  const received = toReceived(message, unwrapped)
  const evidence: Evidence = {
    received,
    keys,
    others,
    unsigned,
    truth: truth === undefined ? undefined : await readReceived(truth, decompress),
  }
  const known = knownNames()
  const budget = new SearchBudget(options.maxSteps ?? DEFAULT_STEPS)
  const search: Search = { digest, budget, known, pause: options.pause }
  const verifiers = keys.map(({ verifier }) => verifier)
  const error = await findVerifyError(unwrapped.object, received, {
    verifiers,
    unsignedFields: unsigned,
    isKnownReply: options.isReply === true,
  })
  const steps = traceCanonical(received, unsigned, digest)
  const { facts, causes: ofSignature, block } = openSignature(evidence, steps.canonical, digest)
  const text = block && (await explainText(block, evidence, search))
  const found = [...ofSignature, ...(text?.causes ?? []), ...listRefusals(received, unsigned)]
  const causes = error === undefined ? [] : found.length > 0 ? found : [causeOfError(error)]
  const notes = [...received.wrappers, ...lintMessage(received, known)]
  return {
    verified: error === undefined,
    received,
    steps,
    signature: facts,
    signedText: text?.found?.text,
    causes,
    notes: notes.filter(({ en }) => !causes.some((each) => each.en === en)),
    error,
    search: { steps: budget.steps, stopped: budget.isCutShort },
  }
}
