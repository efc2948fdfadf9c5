import { layBlocks } from '../output/blocks.ts'
import { TOPIC_TEXTS } from './topic-texts.ts'

/** The help text of a topic; `undefined` where there is no such topic. */
export function topicHelp(topic: string): string | undefined {
  if (!Object.hasOwn(TOPIC_TEXTS, topic)) return undefined
  return `${layBlocks(TOPIC_TEXTS[topic] ?? []).join('\n')}\n`
}
