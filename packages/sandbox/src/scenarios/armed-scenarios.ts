import { ConfigError } from '@llpay/core'
import { catalogue } from '@llpay/core/adapter'

import { parseScenario, type ParsedScenario, type ScenarioText } from './parse-scenario.ts'

/** For which requests a scenario is played. */
export interface PlayOptions {
  /** The id of an endpoint, such as `card.unbind` (default: every endpoint). */
  readonly api?: string
  /** A customer (default: every customer). */
  readonly user_id?: string
  /** An agreement (default: every agreement). */
  readonly no_agree?: string
  /** For how many requests (default: for every one from now on). */
  readonly next?: number
  /** How many of a hundred requests it is played for (default: 100). */
  readonly percent?: number
}

/** A scenario that waits for its requests. */
export interface ArmedScenario extends PlayOptions {
  readonly id: number
  readonly scenario: ScenarioText
}

/** What is known of a request when its scenario is chosen. */
export interface ScenarioTarget {
  readonly api: string
  readonly user_id?: string | undefined
  readonly no_agree?: string | undefined
}

const MAX_ARMED = 1000
const MAX_NEXT = 1_000_000_000
const TARGETS = ['api', 'user_id', 'no_agree'] as const
const NAMES: readonly string[] = [...TARGETS, 'next', 'percent']

interface Armed extends ArmedScenario {
  readonly parsed: ParsedScenario
  readonly left: number
}

function invalid(reason: string, message: string, zh: string): ConfigError {
  return new ConfigError('ERR_CONFIG_INVALID', { reason, message, zh: { message: zh } })
}

function checkApi(api: string): void {
  const ids = Object.values(catalogue).flatMap((group) => Object.values(group).map(({ id }) => id))
  if (ids.some((id) => id === api)) return
  const list = ids.join(', ')
  throw invalid(
    'scenario.api',
    `There is no such endpoint. Choose one of ${list}.`,
    `没有该接口。可选：${list}。`,
  )
}

/** A program without types may misspell a name, and would then play for every request. */
function checkNames(options: PlayOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!NAMES.includes(name))
      throw invalid(
        'scenario.option',
        `A scenario takes ${NAMES.join(', ')}, and no other option.`,
        `场景只接受选项 ${NAMES.join('、')}。`,
      )
    const isText = TARGETS.some((target) => target === name)
    if (isText && value !== undefined && typeof value !== 'string')
      throw invalid('scenario.not-text', `${name} must be text.`, `${name} 必须是文本。`)
  }
}

function check(options: PlayOptions): void {
  checkNames(options)
  const { api, next, percent } = options
  if (api !== undefined) checkApi(api)
  if (next !== undefined && !(Number.isInteger(next) && next >= 1 && next <= MAX_NEXT)) {
    throw invalid(
      'scenario.next',
      'next must be a whole number from 1.',
      'next 必须是不小于 1 的整数。',
    )
  }
  if (percent !== undefined && !(percent > 0 && percent <= 100)) {
    throw invalid(
      'scenario.percent',
      'percent must be a number above 0 and up to 100.',
      'percent 必须大于 0 且不超过 100。',
    )
  }
}

const isFor = (armed: Armed, target: ScenarioTarget) =>
  TARGETS.every((name) => armed[name] === undefined || armed[name] === target[name])

const sameTarget = (one: PlayOptions, other: PlayOptions) =>
  TARGETS.every((name) => one[name] === other[name])

const weight = (armed: Armed) => TARGETS.filter((name) => armed[name] !== undefined).length

/** Counted ones first and in the order they were armed; of the others the most specific, then the latest. */
function byPrecedence(left: Armed, right: Armed): number {
  const counted = Number(right.next !== undefined) - Number(left.next !== undefined)
  if (counted !== 0) return counted
  if (left.next !== undefined) return left.id - right.id
  return weight(right) - weight(left) || right.id - left.id
}

/** The scenarios that are armed, and which one a request gets. */
export class ArmedScenarios {
  #armed: readonly Armed[] = []
  #count = 0
  readonly #random: () => number

  constructor(random: () => number) {
    this.#random = random
  }

  /** Arms a scenario; one without `next` and `percent` replaces its like for the same target. */
  arm(scenario: string, options: PlayOptions): ArmedScenario {
    const parsed = parseScenario(scenario)
    check(options)
    const kept = this.#armed.filter(
      (each) =>
        each.next !== undefined ||
        options.next !== undefined ||
        options.percent !== undefined ||
        !sameTarget(each, options),
    )
    if (kept.length >= MAX_ARMED)
      throw invalid(
        'scenario.too-many',
        `At most ${MAX_ARMED} scenarios can be armed.`,
        `最多可启用 ${MAX_ARMED} 个场景。`,
      )
    this.#count += 1
    const armed = {
      ...options,
      id: this.#count,
      scenario: parsed.text,
      parsed,
      left: options.next ?? Infinity,
    }
    this.#armed = [...kept, armed]
    return present(armed)
  }

  /** Disarms one scenario; returns whether it was armed. */
  disarm(id: number): boolean {
    const before = this.#armed.length
    this.#armed = this.#armed.filter((each) => each.id !== id)
    return this.#armed.length < before
  }

  /** Disarms what was armed for every request of exactly this target. */
  disarmTarget(target: PlayOptions): void {
    this.#armed = this.#armed.filter((each) => !sameTarget(each, target))
  }

  clear(): void {
    this.#armed = []
  }

  /** Those that are armed; `next` is what is left of it. */
  list(): ArmedScenario[] {
    return this.#armed.map(present)
  }

  /** The scenario for a request; what is armed for a number of requests counts down. */
  take(target: ScenarioTarget): ParsedScenario | undefined {
    for (const armed of this.#armed.filter((each) => isFor(each, target)).toSorted(byPrecedence)) {
      this.#countDown(armed)
      if (armed.percent === undefined || this.#random() * 100 < armed.percent) return armed.parsed
    }
    return undefined
  }

  #countDown(taken: Armed): void {
    if (taken.next === undefined) return
    this.#armed = this.#armed.flatMap((each) => {
      if (each !== taken) return [each]
      return each.left > 1 ? [{ ...each, left: each.left - 1 }] : []
    })
  }
}

function present({ parsed: _parsed, left, ...armed }: Armed): ArmedScenario {
  return armed.next === undefined ? armed : { ...armed, next: left }
}
