import { ParameterError } from '@llpay/core'
import { catalogue, describeIssue, loadPart, validateParams } from '@llpay/core/adapter'

import type { SandboxCard } from '../state/sandbox-cards.ts'
import { ControlError } from './control-error.ts'
import { isObject } from './read-body.ts'

/** The members of a card, with the rule of those that no request has. */
const OWN_RULES: Readonly<Record<string, RegExp>> = {
  oid_partner: /^[0-9]{18}$/,
  card_no: /^[0-9]{4}$/,
  bank_code: /^[0-9]{8}$/,
  bank_name: /^.{1,32}$/,
  card_type: /^[23]$/,
}

const NAMES = ['user_id', 'no_agree', 'pay_type', 'platform', ...Object.keys(OWN_RULES)]

function invalid(where: string, problem: string): ControlError {
  return new ControlError(400, `${where} is not a card: ${problem}.`)
}

function findProblem(value: Readonly<Record<string, unknown>>): string | undefined {
  const unknown = Object.keys(value).find((name) => !NAMES.includes(name))
  if (unknown !== undefined) return `a card has ${NAMES.join(', ')}, and nothing else`
  for (const [name, pattern] of Object.entries(OWN_RULES)) {
    const text = value[name]
    if (text !== undefined && !(typeof text === 'string' && pattern.test(text))) {
      return `${name} is not valid`
    }
  }
  const { user_id, no_agree, pay_type, platform } = value
  try {
    validateParams(catalogue.card.unbind, {
      user_id,
      no_agree,
      ...(pay_type === undefined ? {} : { pay_type }),
      ...(platform === undefined ? {} : { platform }),
    })
    return undefined
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    const [issue] = error.issues
    if (issue === undefined) return 'it is not valid'
    const isMissing = issue.rule === 'required'
    return isMissing ? `${issue.path} is missing` : describeIssue(catalogue.card.unbind, issue)
  }
}

/**
 * Checks that a value is a card.
 *
 * @param where names the value in the error.
 * @throws {ControlError} 400.
 */
export function readCard(value: unknown, where = 'The body'): SandboxCard {
  if (!isObject(value)) throw invalid(where, 'it is not an object')
  const problem = findProblem(value)
  if (problem !== undefined) throw invalid(where, problem)
  const text = (name: string) => {
    const member = value[name]
    return typeof member === 'string' ? { [name]: member } : {}
  }
  return {
    user_id: String(value['user_id']),
    no_agree: String(value['no_agree']),
    ...text('oid_partner'),
    ...text('pay_type'),
    ...text('platform'),
    ...text('card_no'),
    ...text('bank_code'),
    ...text('bank_name'),
    ...text('card_type'),
  }
}

interface CsvLine {
  readonly record: Readonly<Record<string, string>>
  readonly info: { readonly lines: number }
}

/** The columns that every file of cards has. */
const REQUIRED = ['user_id', 'no_agree']

const trimSpaces = (cell: string) => cell.replace(/^ +/, '').replace(/ +$/, '')

async function readCsv(text: string): Promise<SandboxCard[]> {
  // Loaded here: a sandbox that imports nothing needs no CSV.
  const { parse } = await loadPart('The reader of CSV', () => import('csv-parse/sync'))
  let header = REQUIRED
  let lines: CsvLine[]
  try {
    lines = parse(text, {
      bom: true,
      record_delimiter: ['\r\n', '\n'],
      columns: (cells: string[]) => {
        header = cells.map(trimSpaces)
        return header
      },
      info: true,
      skip_empty_lines: true,
    })
  } catch {
    throw new ControlError(
      400,
      'The CSV cannot be read: a quote is not closed, or a line has another number of cells than the first. The first line names the columns, such as user_id,no_agree,pay_type.',
    )
  }
  if (!REQUIRED.every((name) => header.includes(name))) {
    throw new ControlError(
      400,
      'Line 1 does not name the columns user_id and no_agree. Begin with a line such as user_id,no_agree,pay_type.',
    )
  }
  return lines.map(({ record, info }) =>
    readCard(
      Object.fromEntries(
        Object.entries(record).flatMap(([name, cell]) => {
          const value = trimSpaces(cell)
          return value === '' ? [] : [[name, value]]
        }),
      ),
      `Line ${info.lines}`,
    ),
  )
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function readNdjson(text: string): SandboxCard[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' ? [] : [readCard(parseLine(line), `Line ${index + 1}`)],
    )
}

/**
 * Reads a list of cards: CSV whose first line names the columns, or one JSON object a line.
 *
 * @throws {ControlError} 400.
 * @throws {ConfigError} `ERR_CONFIG_RUNTIME` where a bundle lacks the reader of CSV.
 */
export async function readCards(text: string): Promise<SandboxCard[]> {
  return /^\s*\{/.test(text) ? readNdjson(text) : readCsv(text)
}
