import type { Api } from '../api/define-api.ts'
import * as catalogue from '../apis/catalogue.ts'
import { bilingual } from '../errors/bilingual.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { LLPayError } from '../errors/ll-pay-error.ts'
import { toHex } from './bytes.ts'
import { type CanonicalSteps, traceCanonical } from './canonical-steps.ts'
import type { Cause } from './cause.ts'
import { decompressNatively } from './decode-message.ts'
import { type DiagnosisInput, explainBlock, explainKey, explainText } from './explain.ts'
import type { Search } from './find-text.ts'
import { lintMessage, listRefusals } from './lint-message.ts'
import type { Decompress, DiagnoseKey, Digest, HashName, OtherKey } from './ports.ts'
import { readSign } from './read-sign.ts'
import { membersOf, type ReceivedMessage } from './received.ts'
import { DEFAULT_STEPS, SearchBudget } from './search.ts'
import { isPss, recoverBlock, repairSignature, type SignedBlock } from './signed-block.ts'
import { sizeOf, unwrap, type Unwrapped } from './unwrap.ts'
import { causeOfError, findVerifyError } from './verify-error.ts'

/** The options of {@link diagnose}. */
export interface DiagnoseOptions {
  /** The public keys to verify with: one of them must accept the signature. */
  readonly keys: readonly DiagnoseKey[]
  /** The hash functions, since no runtime has them all. */
  readonly digest: Digest
  /** Keys that are often mistaken for the right one, each with what it means if it made the signature. */
  readonly others?: readonly OtherKey[]
  /**
   * The members that the endpoint does not sign (default: those of every endpoint of the catalogue).
   */
  readonly unsignedFields?: readonly string[]
  /**
   * Whether the message is a reply or notification from LianLian (default: decided by members that only
   * LianLian writes, such as `ret_code`). In one of these an ambiguous signed text is refused; in a
   * request the signer knows what was meant.
   */
  readonly isReply?: boolean | undefined
  /** The message as its sender has it, for comparison. */
  readonly truth?: Uint8Array | string | undefined
  /** Decompresses the message (default: gzip and deflate, with the runtime's DecompressionStream). */
  readonly decompress?: Decompress
  /** The most steps that the search for a cause takes (default: 200,000); a step handles up to 2 KiB. */
  readonly maxSteps?: number
  /** Called regularly while searching: a page can wait for a frame here to stay responsive. */
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
  /** The hash function that it names; missing if it holds something other than a digest. */
  readonly hash?: HashName
  /** The digest that was signed, in hexadecimal. */
  readonly digest?: string
}

/** Whether a message verifies, and everything that was found out about it. */
export interface VerifyReport {
  /** Whether one of the verifiers accepted the signature, and the message has no other fault. */
  readonly verified: boolean
  /** What was received, without its wrappers. */
  readonly received: ReceivedMessage
  /** The canonical string, and how it is built. */
  readonly steps: CanonicalSteps
  readonly signature: SignatureFacts
  /** The text that was signed, before any encoding of it as a whole; missing if it was not found. */
  readonly signedText: string | undefined
  /** Why it does not verify, the surest cause first; empty if it does. */
  readonly causes: readonly Cause[]
  /** Other findings: what the message was wrapped in, names that LianLian does not know, ... */
  readonly notes: readonly Cause[]
  /** What a client would throw; missing if the message verifies. */
  readonly error: LLPayError | undefined
  /** How far the search for a cause went. */
  readonly search: {
    readonly steps: number
    /**
     * Whether `maxSteps` stopped it before all pairs of usual mistakes were tried, so that a usual cause
     * may have been missed.
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
 * Reads a message as it was received: bytes or text, in any charset, wrapped or not.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` if there is no JSON object inside.
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
      bilingual(
        'message.not-text-or-bytes',
        [
          'The message is neither text nor bytes.',
          'Give it as a string or a Uint8Array, as it was received and before any parsing.',
        ],
        [
          '报文既不是文本也不是字节。',
          '以字符串或 Uint8Array 给出，保持收到时的原样，不要先解析。',
        ],
      ),
    )
  }
  if (keys.length > 0) return
  throw new ConfigError(
    'ERR_CONFIG_MISSING',
    bilingual(
      'message.no-key',
      [
        'No key was given to verify with.',
        "Give LianLian's public key for a reply, your own for a request.",
      ],
      ['没有给出验签的密钥。', '验证应答用连连支付的公钥，验证请求用你自己的公钥。'],
    ),
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

/** Opens the signature with the key that made it, or explains why no key does. */
function openSignature(input: DiagnosisInput, canonical: string, digest: Digest): Opened {
  const { received, keys, others } = input
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
    causes.push(...explainKey(signature, input, other, pss))
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
 * Verifies a message, and explains why it does not verify: what was signed instead, with which key, or
 * how it was altered.
 *
 * An RSA signature holds the digest of the text that was signed. Opening it with the right key tells a
 * wrong key from a wrong text; the usual mistakes are then tried until the digest matches. Only the
 * verifiers decide whether the message verifies.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` if the message is not a JSON object, wrapped or not;
 *   `ERR_CONFIG_MISSING` if no key was given.
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
  const input: DiagnosisInput = {
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
  const { facts, causes: ofSignature, block } = openSignature(input, steps.canonical, digest)
  const text = block && (await explainText(block, input, search))
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
