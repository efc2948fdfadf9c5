import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'

import { findDocuments, type UserDocument } from './markdown.ts'

/** A wording that documents do not use, and what to write instead. */
export interface RetiredWord {
  readonly pattern: RegExp
  readonly instead: string
}

/** A place where a retired wording is right. */
export interface Exception {
  readonly path: string
  /** The wording as it is found there. */
  readonly found: string
  readonly why: string
}

/** A line break may be anywhere between two words, and in Chinese between two characters. */
const english = (source: string) => new RegExp(source.replaceAll(' ', '\\s+'), 'giu')
const chinese = (text: string) => new RegExp(Array.from(text).join('\\s*'), 'gu')

const ENGLISH: readonly (readonly [source: string, instead: string])[] = [
  ['\\bunless told\\b', '(default: X)'],
  ['\\bunless `[^`]+` says\\b', 'change it with `--flag` (default: X)'],
  ['\\btold\\b', 'reported'],
  ['\\bmend(?:s|ed|ing)?\\b', 'fix'],
  ['\\bwhoever\\b', 'anyone who'],
  ["\\bone's own\\b", 'your own'],
  ['\\bof (?:your|its|their|our) own\\b(?! `?\\w)', 'your own X, its own X'],
  ['\\bof which\\b', 'a sentence of its own'],
  ['(?<!\\bthere )\\b(?:is|are) no (?!longer\\b)', 'is not a'],
  ['\\bso many\\b', 'that many, or a number'],
  ['\\bthat of\\b', 'name the thing again'],
  ['\\bby way of\\b', 'through'],
  ['\\bstands? in the way\\b', 'name the problem'],
  ['\\bhow-manieth\\b', '1-based number'],
  ['\\bsomebody lies\\b', 'the reply is forged'],
  ['\\banew\\b', 'again'],
  ['\\bunder way\\b', 'in flight'],
  ['\\banswer(?:s|ed)?\\b', 'reply (from LianLian), response (HTTP)'],
  ['\\bverdicts?\\b', 'outcome'],
  ['\\bask(?:s|ed|ing)? (?:LianLian.s |the |its )?lists?\\b', 'query the list'],
  ['\\ba pair of keys\\b', 'a key pair'],
]

const CHINESE: readonly (readonly [text: string, instead: string])[] = [
  ['您', '你'],
  ['没有开关可以', '验签无法关闭'],
  ['带或不带头尾行', '有无 PEM 头尾均可'],
  ['写出的档案', '生成的配置档'],
  ['恰好输出一个', '始终只输出一个 JSON 对象'],
  ['什么都没有发出', '未发出任何请求'],
  ['没有一个字节', '请求数据完全没有写入 socket'],
  ['最后一次的说法', '最后一次查询列表的结果'],
  ['谁的默认值', '默认用于'],
  ['审计人员认可', '可供审计'],
  ['比网关允许的更快', '单进程即可跑满网关限速'],
  ['有人在说谎', '应答系伪造'],
  ['障碍消除', '等故障恢复'],
  ['不认识你服务器', '服务器出口 IP 不在白名单中'],
  ['它不是什么', '沙箱的局限'],
  ['杀死', '强制终止'],
  ['与极限和同类', '与理论下限及同类 SDK 对比'],
  ['待签文本', '待签名串'],
]

const LIANLIAN: RetiredWord = { pattern: /连连(?!\s*支付)/gu, instead: '连连支付' }

/** The wordings that the project has given up, English and Chinese. */
const RETIRED: readonly RetiredWord[] = [
  ...ENGLISH.map(([source, instead]) => ({ pattern: english(source), instead })),
  ...CHINESE.map(([text, instead]) => ({ pattern: chinese(text), instead })),
  LIANLIAN,
]

/** Where a retired wording stays, and why: nowhere today. */
const EXCEPTIONS: readonly Exception[] = []

const ALSO = ['*.md', '.changeset/*.md']

/** The documents that people write. The reference is generated from texts of the code. */
export function findProse(): UserDocument[] {
  const others = globSync(ALSO, { cwd: ROOT }).map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }))
  const users = findDocuments().filter(({ path }) => !path.startsWith('docs/reference/'))
  return Array.from(new Map([...users, ...others].map((each) => [each.path, each])).values())
}

interface Found {
  readonly path: string
  readonly line: number
  readonly wording: string
  readonly instead: string
}

const findWordings = ({ path, text }: UserDocument): Found[] =>
  RETIRED.flatMap(({ pattern, instead }) =>
    Array.from(text.matchAll(pattern), (match) => ({
      path,
      line: text.slice(0, match.index).split('\n').length,
      wording: match[0].replaceAll(/\s+/g, ' '),
      instead,
    })),
  )

const allows = (exception: Exception, { path, wording }: Found) =>
  exception.path === path && exception.found === wording

/** Finds retired wordings in documents, and exceptions that no document needs any more. */
export function retiredWords(
  documents: readonly UserDocument[],
  exceptions: readonly Exception[] = EXCEPTIONS,
): string[] {
  const found = documents.flatMap(findWordings)
  const stale = exceptions.filter((each) => !found.some((one) => allows(each, one)))
  return [
    ...found
      .filter((one) => !exceptions.some((each) => allows(each, one)))
      .map(({ path, line, wording, instead }) => `${path}:${line}: "${wording}": write ${instead}`),
    ...stale.map(({ path, found: wording }) => `${path} no longer has "${wording}": remove it`),
  ]
}
