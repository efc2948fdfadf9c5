import type { ConfigError } from '@llpay/core'
import { findNearest } from '@llpay/core/adapter'

import { t } from '../output/language.ts'
import type { Entry } from './command.ts'
import { usageError } from './errors.ts'
import { findGroup, listBeginnings, listOffered } from './find-command.ts'
import { TOPICS } from './topics.ts'

/** Where more commands end in the same word, none is suggested. */
const MOST_MEANT = 3

/** How many of the words name a command or a group. */
const countKnown = (names: readonly string[], words: readonly string[]): number =>
  words.findLastIndex((_, index) => names.includes(words.slice(0, index + 1).join(' '))) + 1

/**
 * The commands that have a word as their last one, whole or as a part between dashes: `unbind-many` is
 * `card unbind-many`, `card bin` is `card query-bin`.
 */
function findByWord(names: readonly string[], wanted: string | undefined): readonly string[] {
  const whole = names.filter((name) => name.split(' ').at(-1) === wanted)
  return whole.length > 0 ? whole : names.filter((name) => name.split(/[ -]/).at(-1) === wanted)
}

/** What may have been meant, by the words that are there and the first that is not. */
function findMeant(names: readonly string[], words: readonly string[], known: number): string[] {
  const [wanted, next = ''] = words.slice(known)
  if (wanted === undefined) return []
  const group = words
    .slice(0, known)
    .map((word) => `${word} `)
    .join('')
  const below = names.flatMap((name) => (name.startsWith(group) ? [name.slice(group.length)] : []))
  const same = findByWord(below, wanted)
  if (same.length > MOST_MEANT) return []
  const nearest = findNearest(`${wanted} ${next}`, below) ?? findNearest(wanted, below)
  const meant = same.length > 0 ? same : [nearest ?? []].flat()
  return meant.map((name) => group + (below.includes(`${name} ${next}`) ? `${name} ${next}` : name))
}

const joined = (names: readonly string[]) => t(names.join(' or '), names.join(' 或 '))

/**
 * Says that a command does not exist, and which may have been meant. The words themselves are not
 * repeated: they may be card data.
 *
 * @param isTopic whether `llpay help` was asked for it.
 */
export function unknownCommand(
  entries: readonly Entry[],
  words: readonly string[],
  isTopic: boolean,
): ConfigError {
  const topics = isTopic ? Object.keys(TOPICS) : []
  const names = [...new Set([...listBeginnings(entries), ...topics])]
  const known = countKnown(names, words)
  const program = isTopic ? 'llpay help' : 'llpay'
  const meant = joined(findMeant(names, words, known).map((name) => `${program} ${name}`))
  const question =
    meant.en === '' ? t('', '') : t(`Did you mean ${meant.en}? `, `是否要用 ${meant.zh}？`)
  if (known === 0) {
    return usageError(
      'usage.unknown-command',
      isTopic
        ? t('There is no such command or topic.', '没有这个命令或主题。')
        : t('There is no such command.', '没有这个命令。'),
      t(
        `${question.en}See llpay --help for all commands${isTopic ? ' and topics' : ''}.`,
        `${question.zh}全部命令${isTopic ? '与主题' : ''}见 llpay --help。`,
      ),
    )
  }
  const group = words.slice(0, known)
  const name = `llpay ${group.join(' ')}`
  const below = listOffered(findGroup(entries, group)).map((entry) => entry.words)
  return usageError(
    'usage.unknown-subcommand',
    words.length === known
      ? t(`${name} needs a command.`, `${name} 之后要有命令。`)
      : t(`${name} has no such command.`, `${name} 没有这个命令。`),
    meant.en === ''
      ? t(`It has ${below.join(', ')}.`, `可用的有：${below.join('、')}。`)
      : t(`${question.en}See ${name} --help.`, `${question.zh}用法见 ${name} --help。`),
  )
}
