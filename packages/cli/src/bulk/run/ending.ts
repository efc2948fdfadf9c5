import type { Delivered } from '@llpay/core'

import { t, type Phrase } from '../../output/language.ts'
import { phrasesOf } from '../../program/errors.ts'
import { EXIT } from '../../program/exit-code.ts'
import { countOf, type StopReason, type Tally } from './tally.ts'

/** How a run ended: its exit status, and the error that reports it in JSON. */
export interface RunEnding {
  readonly status: number
  readonly name: string
  readonly code: string
  readonly delivered: Delivered
  readonly message: Phrase
  /** The next step. */
  readonly hint?: Phrase | undefined
}

interface Rule extends RunEnding {
  readonly applies: (tally: Tally, allowNotBound: boolean) => boolean
}

const stoppedBy =
  (...reasons: StopReason[]) =>
  ({ stop }: Tally) =>
    stop !== undefined && reasons.includes(stop)

/** The endings, the worst first; the code of what stopped the run takes the place of a rule's own. */
const RULES: readonly Rule[] = [
  {
    applies: stoppedBy('untrusted'),
    status: EXIT.untrusted,
    name: 'SignatureError',
    code: 'ERR_SIGNATURE_INVALID',
    delivered: 'unknown',
    message: t(
      'A reply cannot be trusted, and the run was stopped: a key is wrong, or the reply is forged.',
      '有应答不可信，运行已停止：密钥有误，或应答系伪造。',
    ),
    hint: t(
      'Find out which (llpay doctor, llpay verify --explain) before you run it again.',
      '先查明原因（llpay doctor、llpay verify --explain），再重新运行。',
    ),
  },
  {
    applies: (tally) => countOf(tally, 'unknown') > 0 || tally.inDoubt > 0,
    status: EXIT.unknown,
    name: 'UnknownOutcomeError',
    code: 'ERR_OUTCOME_UNKNOWN',
    delivered: 'unknown',
    message: t('Nothing proves what became of some cards.', '部分卡的结果无法证明。'),
    hint: t(
      "Query them with llpay card list. The same command with --again unknown settles them by LianLian's list and resends nothing blindly.",
      '用 llpay card list 查询。加 --again unknown 重新运行同一命令会按连连支付的列表确认结果，不会盲目重发。',
    ),
  },
  {
    applies: ({ failure }) => failure !== undefined,
    status: EXIT.usage,
    name: 'ConfigError',
    code: 'ERR_CONFIG_INVALID',
    delivered: 'no',
    message: t('The run was stopped.', '运行已停止。'),
    hint: t('Run the same command again to resume.', '重新运行同一命令即可继续。'),
  },
  {
    applies: stoppedBy('setup'),
    status: EXIT.usage,
    name: 'ConfigError',
    code: 'ERR_CONFIG_INVALID',
    delivered: 'no',
    message: t(
      'No request can be made with this configuration: a key or a setting is wrong.',
      '当前配置无法发出请求：密钥或设置有误。',
    ),
    hint: t(
      'llpay doctor says which. Fix it, and run the same command again.',
      '用 llpay doctor 查明并修正，再重新运行同一命令。',
    ),
  },
  {
    applies: stoppedBy('merchant'),
    status: EXIT.refused,
    name: 'RejectedError',
    code: 'ERR_REJECTED',
    delivered: 'no',
    message: t(
      'LianLian refuses the merchant, not the card, and the run was stopped.',
      '连连支付拒绝的是商户而不是卡，运行已停止。',
    ),
    hint: t(
      'llpay code explains the return code. Fix it, and run the same command again.',
      '用 llpay code 查看返回码的含义，修正后重新运行同一命令。',
    ),
  },
  {
    applies: (tally) => countOf(tally, 'refused') > 0,
    status: EXIT.refused,
    name: 'RejectedError',
    code: 'ERR_REJECTED',
    delivered: 'no',
    message: t('Some cards were refused.', '部分卡被拒绝。'),
    hint: t(
      'The results name them and say why. The same command with --again refused retries them.',
      '结果文件列出了这些卡和原因。加 --again refused 重新运行同一命令可重试。',
    ),
  },
  {
    applies: (tally, allowNotBound) =>
      allowNotBound ? tally.undecided > 0 : countOf(tally, 'not-bound') > 0,
    status: EXIT.refused,
    name: 'NotBoundError',
    code: 'ERR_NOT_BOUND',
    delivered: 'no',
    message: t(
      'Some cards were not bound, so nothing was sent for them: they were unbound before, or user_id, no_agree or platform is wrong.',
      '部分卡未绑定，未为其发出任何变更请求：它们早已解绑，或 user_id、no_agree、platform 有误。',
    ),
    hint: t(
      'Check the cards that the results call not-bound. --allow-not-bound accepts them, unless a product could not be queried.',
      '检查结果中为 not-bound 的卡。--allow-not-bound 可接受它们，除非有产品无法查询。',
    ),
  },
  {
    applies: stoppedBy('interrupted', 'reader-left'),
    status: EXIT.interrupted,
    name: 'TransportError',
    code: 'ERR_TRANSPORT_ABORTED',
    delivered: 'no',
    message: t('The run was interrupted.', '运行被中断。'),
    hint: t('Run the same command again to resume.', '重新运行同一命令即可继续。'),
  },
  {
    applies: ({ left }) => left > 0,
    status: EXIT.notDelivered,
    name: 'TransportError',
    code: 'ERR_TRANSPORT_CONNECT',
    delivered: 'no',
    message: t(
      'Some cards are left: LianLian could not be reached for them, or said nothing certain before anything was sent.',
      '部分卡未处理：无法连接连连支付，或在发出之前未得到确定的答复。',
    ),
    hint: t('Run the same command again to resume.', '重新运行同一命令即可继续。'),
  },
]

/**
 * How a run ended, by the worst that became of a card; `undefined` where every card was unbound, or was
 * not bound and that is accepted.
 */
export function endingOf(tally: Tally, allowNotBound: boolean): RunEnding | undefined {
  const rule = RULES.find(({ applies }) => applies(tally, allowNotBound))
  if (rule === undefined) return undefined
  const { applies: _, ...ending } = rule
  const { failure, outcomes, stopCode } = tally
  if (failure !== undefined && ending.status === EXIT.usage) {
    const { message, hint } = phrasesOf(failure)
    return {
      ...ending,
      code: failure.code,
      message,
      hint,
      delivered: outcomes.unbound > 0 ? 'unknown' : 'no',
    }
  }
  if (ending.code === 'ERR_REJECTED' && tally.refusedAfterSending > 0) {
    return { ...ending, delivered: 'yes' }
  }
  const hasOwnCode = ending.status === EXIT.untrusted || ending.status === EXIT.usage
  return hasOwnCode && stopCode !== undefined ? { ...ending, code: stopCode } : ending
}
