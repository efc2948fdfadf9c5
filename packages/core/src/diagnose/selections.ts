import { cause, type Cause, causeOf, listNames } from './cause.ts'
import type { ReceivedMember } from './received.ts'
import { REWRITES_OF_ONE } from './rewrites-of-one.ts'
import type { Member, SearchBudget, Variation, Rewrite } from './search.ts'

type Selection = Variation<readonly Member[]>

/** The input of the selection of members. */
export interface SelectionSource {
  readonly members: readonly ReceivedMember[]
  /** Members that the endpoint does not sign. */
  readonly unsigned: readonly string[]
  /** The names that members of any message may have. */
  readonly known: readonly string[]
  readonly rewrites: readonly Rewrite[]
}

const isPlain = ({ kind }: ReceivedMember) => kind !== 'array' && kind !== 'object'
const namesOf = (members: readonly { readonly name: string }[]) =>
  listNames(members.map(({ name }) => name))

/** The members that are signed. */
function selectSigned(members: readonly ReceivedMember[], unsigned: readonly string[]): Member[] {
  return members.flatMap(({ name, text }) =>
    name === 'sign' || unsigned.includes(name) || text === null || text === ''
      ? []
      : [{ name, text }],
  )
}

/** How languages write a missing value. */
const NOTHING = ['null', 'None', 'undefined', 'NULL', 'nil']

const write = (members: readonly ReceivedMember[], word: string) =>
  members.map(({ name, text }) => ({ name, text: text ?? word }))

function* keptEmpty(rest: readonly ReceivedMember[]): Generator<Selection> {
  const empty = rest.filter(({ text }) => text === '')
  const nulls = rest.filter(({ text }) => text === null)
  const [ofEmpty, ofNull, ofBoth] = [empty, nulls, [...empty, ...nulls]].map(namesOf)
  if (empty.length > 0) {
    yield {
      cause: cause(
        'members.empty-kept',
        `Empty members were kept in the signed text (${ofEmpty?.en}): leave empty members out.`,
        `空值字段被保留在待签名串里（${ofEmpty?.zh}）：空值字段不参与签名。`,
      ),
      step: write(
        rest.filter(({ text }) => text !== null),
        '',
      ),
    }
  }
  if (nulls.length === 0) return
  const full = rest.filter(({ text }) => text !== '')
  for (const word of ['', ...NOTHING]) {
    const [as, asZh] = word === '' ? ['empty text', '空文本'] : [`the word ${word}`, `文字 ${word}`]
    yield {
      cause: cause(
        'members.null-kept',
        `Null members were signed as ${as} (${ofNull?.en}): leave null members out.`,
        `null 字段被签成了${asZh}（${ofNull?.zh}）：null 字段不参与签名。`,
      ),
      step: write(full, word),
    }
  }
  if (empty.length === 0) return
  for (const word of ['', ...NOTHING]) {
    yield {
      cause: cause(
        'members.nothing-kept',
        `Empty and null members were kept in the signed text (${ofBoth?.en}): leave them out.`,
        `空值和 null 字段被保留在待签名串里（${ofBoth?.zh}）：它们不参与签名。`,
      ),
      step: write(rest, word),
    }
  }
}

function* nestedOnes({ members, unsigned }: SelectionSource): Generator<Selection> {
  const right = selectSigned(members, unsigned)
  const skipped = members.filter(({ name }) => name !== 'sign' && unsigned.includes(name))
  if (skipped.length > 0) {
    const names = namesOf(skipped)
    yield {
      cause: cause(
        'members.unsigned-kept',
        `${names.en} was signed as JSON text: LianLian leaves it out of the signature.`,
        `${names.zh} 以 JSON 文本参与了签名：连连支付的签名不含该字段。`,
      ),
      step: selectSigned(members, []),
    }
  }
  for (const piece of members) {
    if (isPlain(piece) || piece.name === 'sign' || unsigned.includes(piece.name)) continue
    yield {
      cause: causeOf(
        piece.name,
        cause(
          'members.nested-left-out',
          'holds an object or a list, and was left out: send it as text. If LianLian made this message, name its endpoint (llpay verify --api).',
          '的值是对象或列表，未参与签名：应以文本发送。如果这是连连支付的报文，请指明接口（llpay verify --api）。',
        ),
      ),
      step: right.filter(({ name }) => name !== piece.name),
    }
  }
  yield {
    cause: cause(
      'members.sign-kept',
      'sign was kept in the signed text, as an empty member: leave it out, name and all.',
      'sign 以空值字段的形式留在了待签名串里：应整个去掉。',
    ),
    step: [...right, { name: 'sign', text: '' }],
  }
}

const LEFT_OUT_SIGN_TYPE = cause(
  'members.sign-type-left-out',
  'sign_type was left out of the signed text: it is part of it.',
  'sign_type 没有参与签名：它也要参与签名。',
)

const leftOut = (name: string): Cause => {
  const { en } = listNames([name])
  return cause(
    'members.left-out',
    `${en} was left out of the signed text: every member that is sent is signed. If LianLian made this message, its endpoint does not sign ${en}.`,
    `${en} 没有参与签名：发送的每个字段都要参与签名。如果这是连连支付的报文，则该接口不对 ${en} 签名。`,
  )
}

function* left(right: readonly Member[]): Generator<Selection> {
  for (const [index, { name }] of right.entries()) {
    const why = name.trim() === 'sign_type' ? LEFT_OUT_SIGN_TYPE : leftOut(name)
    yield { cause: why, step: right.toSpliced(index, 1) }
  }
}

function* leftPairs(right: readonly Member[]): Generator<Selection> {
  for (const [first, { name }] of right.entries()) {
    for (const [second, { name: other }] of right.entries()) {
      if (second <= first) continue
      const names = listNames([name, other])
      yield {
        cause: cause(
          'members.left-out',
          `${names.en.replace(', ', ' and ')} were left out of the signed text: every member that is sent is signed.`,
          `${names.zh} 没有参与签名：发送的每个字段都要参与签名。`,
        ),
        step: right.toSpliced(second, 1).toSpliced(first, 1),
        cost: 2,
      }
    }
  }
}

/** One member rewritten, if more than one could be. */
function* rewrittenOne(
  right: readonly Member[],
  rewrites: readonly Rewrite[],
  budget: SearchBudget,
): Generator<Selection> {
  const change = (
    [index, { name, text }]: readonly [number, Member],
    step: (text: string) => string,
    why: Cause,
  ): Selection[] => {
    const changed = step(text)
    return changed === text
      ? []
      : [{ cause: why, step: right.with(index, { name, text: changed }), cost: 2 }]
  }
  for (const { cause: why, step, of } of rewrites) {
    if (of === 'names' || why === undefined || right.length === 1) continue
    for (const [index, member] of right.entries()) {
      if (budget.isSpent) return
      budget.spend(member.text.length)
      const { key, en, zh } = why
      const { en: name } = listNames([member.name])
      const alone = cause(key, `Only in ${name}: ${en}`, `仅 ${name}：${zh}`)
      yield* change([index, member], step, alone)
    }
  }
  for (const { cause: why, step } of REWRITES_OF_ONE) {
    for (const [index, member] of right.entries()) {
      if (budget.isSpent || why === undefined) return
      budget.spend(member.text.length)
      yield* change([index, member], step, causeOf(member.name, why))
    }
  }
}

/** What pay_type and sign_type may have been. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  pay_type: ['2', '3', 'D', 'P', 'M', 'N', 'F', '1', '27'],
  sign_type: ['RSA', 'MD5', 'SHA256withRSA', 'rsa'],
}

function* otherValues(right: readonly Member[]): Generator<Selection> {
  for (const [name, values] of Object.entries(VALUES)) {
    const isThere = right.some((member) => member.name === name)
    const rest = right.filter((member) => member.name !== name)
    for (const text of values) {
      yield {
        cause: isThere
          ? cause(
              'members.changed-after-signing',
              `${name} was ${text} when the message was signed, and is another now: send what is signed.`,
              `签名时 ${name} 是 ${text}，报文里却是另一个值：签了什么就发送什么。`,
            )
          : cause(
              'members.signed-not-sent',
              `The text was signed with ${name}=${text} in it, but the message has no member ${name}: send it too.`,
              `待签名串里有 ${name}=${text}，报文里却没有 ${name}：也要发送。`,
            ),
        step: [...rest, { name, text }],
        ...(name === 'sign_type' && text === 'RSA' ? {} : { cost: 2 }),
      }
    }
  }
}

/** Members that were signed as a missing value, and not sent. */
function* unsent(right: readonly Member[], known: readonly string[]): Generator<Selection> {
  for (const text of ['', ...NOTHING]) {
    for (const name of known) {
      if (name === 'sign' || right.some((member) => member.name === name)) continue
      yield {
        cause: cause(
          'members.signed-not-sent',
          `The text was signed with ${name}=${text} in it, but the message has no ${name}: leave empty members out of both.`,
          `待签名串里有 ${name}=${text}，报文里却没有 ${name}：空值字段既不发送也不签名。`,
        ),
        step: [...right, { name, text }],
        cost: 2,
      }
    }
  }
}

/** Which members go into the text, within the number of mistakes that are tried. */
export function* selections(
  source: SelectionSource,
  mistakes: number,
  budget: SearchBudget,
): Generator<Selection> {
  const { members, unsigned, known, rewrites } = source
  const right = selectSigned(members, unsigned)
  yield { step: right }
  if (mistakes < 1) return
  yield* keptEmpty(members.filter(({ name }) => name !== 'sign' && !unsigned.includes(name)))
  yield* nestedOnes(source)
  yield* otherValues(right)
  yield* left(right)
  if (mistakes < 2) return
  yield* unsent(right, known)
  yield* rewrittenOne(right, rewrites, budget)
  yield* leftPairs(right)
}
