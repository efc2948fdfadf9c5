import {
  KIND_SUMMARIES,
  type KindDefinition,
  NOTIFICATION_MEMBERS,
  NOTIFICATIONS,
  type NotificationKind,
} from '@llpay/core/notifications'

import { mono, page, table, otherLanguage, type Language, type Text, WORDS } from './words.ts'

const TEXTS = {
  title: { en: 'Notifications', zh: '通知' },
  intro: {
    en: 'What LianLian sends to a `notify_url`. Every member received is signed, except `sign`; members that are not listed here pass, too. The [guide](../guides/notifications.md) shows how to receive them.',
    zh: '连连支付向 `notify_url` 发送的内容。收到的字段除 `sign` 外全部参与签名；未列出的字段同样接受。接收方法见[指南](../guides/notifications.zh-CN.md)。',
  },
  always: { en: 'Always', zh: '必有' },
  values: { en: 'Known values', zh: '已知的值' },
  secret: { en: 'Hidden in errors and output', zh: '不出现在错误与输出中' },
  key: {
    en: 'Deduplicated by kind, `oid_partner`',
    zh: '去重键：种类、`oid_partner`',
  },
} as const satisfies Readonly<Record<string, Text>>

const isKind = (name: string): name is NotificationKind => Object.hasOwn(NOTIFICATIONS, name)

function section(kind: NotificationKind, language: Language): string[] {
  const { fields, key }: KindDefinition = NOTIFICATIONS[kind]
  const heads = [WORDS.name, TEXTS.always, TEXTS.values, WORDS.meaning]
  const rows = Object.entries(fields).map(([name, { optional, known = [], secret }]) => [
    mono(name),
    WORDS[optional === true ? 'no' : 'yes'][language],
    known.map(mono).join(', '),
    [NOTIFICATION_MEMBERS[name]?.[language] ?? '', secret ? TEXTS.secret[language] : '']
      .filter(Boolean)
      .join(language === 'en' ? '. ' : '。'),
  ])
  const list = key.map(mono).join(language === 'en' ? ', ' : '、')
  return [
    `## \`${kind}\``,
    `${KIND_SUMMARIES[kind][language]}${language === 'en' ? '.' : '。'}`,
    table(
      heads.map((head) => head[language]),
      rows,
    ),
    `${TEXTS.key[language]}${language === 'en' ? ', ' : '、'}${list}${language === 'en' ? '.' : '。'}`,
  ]
}

/** The page of the notifications. */
export function notificationsPage(language: Language): string {
  return page([
    `# ${TEXTS.title[language]}`,
    `${TEXTS.intro[language]} ${otherLanguage('notifications', language)}`,
    ...Object.keys(NOTIFICATIONS)
      .filter(isKind)
      .flatMap((kind) => section(kind, language)),
    `*${WORDS.generated[language]}*`,
  ])
}
