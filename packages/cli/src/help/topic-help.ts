import { columns } from '../commands/help.ts'
import { wrap } from '../output/wrap.ts'
import { TOPIC_TEXTS } from './topic-texts.ts'

const paragraph = (text: string) =>
  wrap(text)
    .split('\n')
    .map((line) => line.trim())

/** The help text of a topic; `undefined` where there is no such topic. */
export function topicHelp(topic: string): string | undefined {
  if (!Object.hasOwn(TOPIC_TEXTS, topic)) return undefined
  const blocks = (TOPIC_TEXTS[topic] ?? []).map((block) =>
    (typeof block === 'string' ? paragraph(block) : columns(block)).join('\n'),
  )
  return `${blocks.join('\n\n')}\n`
}
