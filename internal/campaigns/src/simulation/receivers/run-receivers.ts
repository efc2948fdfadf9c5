import { OID_PARTNER } from '@internal/testkit/merchant'
import { handleNotifications, type NotificationHandler } from '@llpay/core/notifications'
import type { Scheduler } from 'fast-check'

import { withClock } from '../clock.ts'
import { makeKey } from '../gateway.ts'
import type { Breach, Ended } from '../subject.ts'
import { newActor, World, type Actor } from '../world.ts'
import { type ReceiversPlan, SeenWorld } from './seen-world.ts'

const GATEWAY = makeKey(1)
const STRANGER = makeKey(2)
/** LianLian's schedule. */
const DEADLINE_MS = 5_000
const REPEAT_MS = 120_000
const DELIVERIES = 30
const RESTART_MS = 2_000

/** Makes the handler of a receiver: the code under test, or one with a planted defect. */
export type MakeHandler = typeof handleNotifications<'payout'>

/** A receiver that runs. */
interface Receiver {
  readonly actor: Actor
  readonly handle: NotificationHandler
  readonly died: Promise<void>
}

function bodyOf(no_order: string, isForged: boolean): string {
  const members = {
    dt_order: '20240501093015',
    money_order: '49.90',
    no_order,
    oid_partner: OID_PARTNER,
    oid_paybill: no_order,
    result_pay: 'SUCCESS',
  }
  const canonical = Object.entries(members)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const key = isForged ? STRANGER : GATEWAY
  const sign = Buffer.from(key.sign(Buffer.from(canonical))).toString('base64')
  return JSON.stringify({ ...members, sign })
}

const keyOf = (no_order: string) => `payout:${OID_PARTNER}:${no_order}:SUCCESS`

/** The rules that one acknowledgement may break. */
function checkAcknowledged(
  seen: SeenWorld,
  key: string,
  { no_order, isForged }: { readonly no_order: string; readonly isForged: boolean },
): Breach[] {
  const { stored, isDone } = seen.facts(key)
  const broken = (rule: string, isBroken: boolean) =>
    isBroken ? [{ rule, problem: `${no_order} was acknowledged` }] : []
  return [
    ...broken('only what is genuine is acknowledged', isForged),
    ...broken('only what is stored is acknowledged', stored === 0),
    ...broken('only what is done is acknowledged', !isDone),
  ]
}

/** Lets receivers live through a plan. */
export async function runReceivers(
  scheduler: Scheduler,
  plan: ReceiversPlan,
  makeHandler: MakeHandler = handleNotifications,
): Promise<Ended> {
  const world = new World(scheduler, plan.seed)
  const seen = new SeenWorld(world, plan)
  const breaches: Breach[] = []
  const running: Receiver[] = []

  function start(place: number, life = 0): void {
    const own = plan.fates.filter(({ receiver }) => receiver % plan.receivers === place)
    const fate = own[life]
    const actor = newActor(`receiver ${'AB'[place]}${life + 1}`, fate === undefined ? [] : [fate])
    const died = new Promise<void>((resolve) => {
      actor.onDeath = () => {
        resolve()
        world.clock.set(() => start(place, life + 1), RESTART_MS)
      }
    })
    const handle = makeHandler(
      {
        kind: 'payout',
        oidPartner: OID_PARTNER,
        seen: seen.of(actor),
        clock: world.clockOf(actor),
        leaseMs: plan.leaseMs,
        onNotification: ({ no_order }) => seen.store(actor, keyOf(no_order)),
      },
      [GATEWAY.verifier],
    )
    running[place] = { actor, handle, died }
  }

  /** Delivers a body once: the return code, or nothing where none came in time. */
  async function deliver(place: number, body: string): Promise<string | undefined> {
    const receiver = running[place % plan.receivers]
    if (receiver?.actor.isAlive !== true) return undefined
    await world.turn('a notification arrives')
    const request = new Request('http://shop.test/', { method: 'POST', body })
    const replied = receiver.handle(request).then(async (response) => {
      const { ret_code }: { ret_code: string } = JSON.parse(await response.text())
      return ret_code
    })
    const timer = new AbortController()
    const late = world.clock.sleep(DEADLINE_MS, timer.signal).then(() => undefined)
    const code = await Promise.race([replied, receiver.died.then(() => undefined), late])
    timer.abort()
    return code
  }

  async function send(no_order: string, isForged: boolean, place: number): Promise<void> {
    const body = bodyOf(no_order, isForged)
    for (let left = isForged ? 2 : DELIVERIES; left > 0; left -= 1) {
      const code = await deliver(place + left, body)
      world.note('LianLian', `hears ${code ?? 'nothing'} for ${no_order}`)
      if (code === '0000') {
        breaches.push(...checkAcknowledged(seen, keyOf(no_order), { no_order, isForged }))
        return
      }
      await world.clock.sleep(REPEAT_MS)
    }
    if (!isForged) {
      breaches.push({ rule: 'what is genuine is acknowledged in the end', problem: no_order })
    }
  }

  const isEndless = await withClock(world.clock, world.random, async () => {
    for (let place = 0; place < plan.receivers; place += 1) start(place)
    for (const [index, { isForged, copies }] of plan.notices.entries()) {
      for (const { afterMs, receiver } of copies) {
        world.clock.set(() => void send(`W${index + 1}`, isForged, receiver), afterMs)
      }
    }
    return world.isEndless()
  })
  if (isEndless) breaches.push({ rule: 'every history ends', problem: 'it does not' })
  for (const [index, { isForged }] of plan.notices.entries()) {
    const no_order = `W${index + 1}`
    const { stored, excuses } = seen.facts(keyOf(no_order))
    if (isForged && stored > 0) {
      breaches.push({ rule: 'only what is genuine is stored', problem: no_order })
    }
    if (stored > 1 + excuses) {
      const problem = `${no_order}: ${stored} times, ${excuses} leases ended or stores failed`
      breaches.push({ rule: 'it is stored once where its lease holds', problem })
    }
  }
  return { world, breaches }
}
