import type { Api } from '@llpay/core'
import { catalogue, describeApi, describeParams } from '@llpay/core/adapter'
import { SAMPLES } from '@llpay/core/samples'

import { t, type Phrase } from '../output/language.ts'
import type { Example } from '../program/command.ts'
import type { Flag } from '../program/flags.ts'

/** Every endpoint of the catalogue. */
export const listApis = (): Api[] =>
  Object.values(catalogue).flatMap((group): Api[] => Object.values(group))

/** What an endpoint does. */
export const summaryOf = (api: Api): Phrase => t(describeApi(api, 'en'), describeApi(api, 'zh'))

/** The flag of a parameter: `user_id` is `--user-id`. */
export const flagName = (parameter: string) => parameter.replaceAll('_', '-')

/** A description as a terminal shows it: without the marks of code. */
const plain = (description: string) => description.replaceAll('`', '')

/** The values of a parameter that shells offer. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  pay_type: ['2', '3', 'D', 'P', 'M', 'F', 'N'],
}

/** What a parameter should look like, in a sentence that goes on: a description without its capital. */
export function formOf(api: Api, name: string, language: 'en' | 'zh'): string | undefined {
  const form = describeParams(api, language).find((each) => each.name === name)?.description
  return form?.replace(/^The /, 'the ')
}

/** The flags of an endpoint's parameters. */
export function paramFlags(api: Api): Flag[] {
  const chinese = describeParams(api, 'zh')
  return describeParams(api).map(({ name, description: english, required, secret }, index) => {
    const choices = CHOICES[name]
    const description = plain(english)
    const zh = plain(chinese[index]?.description ?? english)
    return {
      name: flagName(name),
      value: name.toUpperCase(),
      summary: secret
        ? t(`${description}. Better in --params`, `${zh}（请用 --params 传入）`)
        : t(description, zh),
      required,
      ...(choices === undefined ? {} : { choices }),
    }
  })
}

/** Command lines of an endpoint, from its sample; card data is in a file. */
export function examplesOf(api: Api): Example[] {
  const words = `llpay ${api.id.replace('.', ' ')}`
  const params = Object.entries(SAMPLES).find(([id]) => id === api.id)?.[1].params ?? {}
  const described = describeParams(api)
  const isSecret = described.some(
    ({ name, required, secret }) => required && secret && name in params,
  )
  const flags = Object.entries(params)
    .filter(([name]) =>
      described.some((each) => each.name === name && (each.required || name === 'pay_type')),
    )
    .map(([name, value]) => ` --${flagName(name)} ${value}`)
  const call = isSecret ? `${words} --params params.json` : words + flags.join('')
  return [
    [summaryOf(api), call],
    [
      t('Print the signed request without sending it', '只输出签名后的请求，不发送'),
      `${call} --dry-run`,
    ],
    ...(isSecret
      ? []
      : [
          [
            t('Read the parameters from standard input', '从标准输入读取参数'),
            `${words} --params - < params.json`,
          ] satisfies Example,
        ]),
  ]
}
