// Turns what llpay tells into spans, through the shape of an OpenTelemetry tracer. To use the real
// thing: traceLLPay(trace.getTracer('llpay'), () => trace.getActiveSpan()) with @opentelemetry/api.
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'

import { createClient, isLLPayError, type ClientEvent } from '@llpay/node'

type Attributes = Record<string, string | number>

/** What is used of an OpenTelemetry span. */
interface Span {
  addEvent(name: string, attributes: Attributes): unknown
  setStatus(status: { code: number; message?: string }): unknown
  end(): void
}

/** What is used of an OpenTelemetry tracer. */
interface Tracer {
  startSpan(name: string, options: { startTime: number; attributes: Attributes }): Span
}

/** llpay alone publishes on its channel, which is not typed. */
function isClientEvent(message: unknown): message is ClientEvent {
  return typeof message === 'object' && message !== null && 'type' in message
}

const CHANNEL = 'llpay:event'
const ERROR = 2

/** `durationMs` becomes `llpay.duration_ms`: codes and numbers only, so all of it may be reported. */
function attributesOf(event: ClientEvent): Attributes {
  const attributes: Attributes = {}
  for (const [name, value] of Object.entries(event)) {
    if (name === 'type' || value === undefined) continue
    attributes[`llpay.${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`] = value
  }
  return attributes
}

/**
 * Makes a span for every HTTP request of every client, below the caller's active span, and an event on
 * that span for everything else. Events come in the async context of the call, so that concurrent calls
 * are kept apart. Returns a function that ends it.
 */
function traceLLPay(tracer: Tracer, activeSpan: () => Span | undefined): () => void {
  const record = (event: ClientEvent) => {
    if (event.type === 'answer' || event.type === 'failure') {
      const startTime = Date.now() - event.durationMs
      const span = tracer.startSpan('llpay request', { startTime, attributes: attributesOf(event) })
      if (event.type === 'failure') span.setStatus({ code: ERROR, message: event.code })
      span.end()
    } else if (event.type !== 'request') {
      activeSpan()?.addEvent(`llpay ${event.type}`, attributesOf(event))
    }
  }
  const listener = (event: unknown) => {
    if (isClientEvent(event)) record(event)
  }
  subscribe(CHANNEL, listener)
  return () => unsubscribe(CHANNEL, listener)
}

// From here on: a tracer in 30 lines that prints, in place of OpenTelemetry.
const active = new AsyncLocalStorage<PrintedSpan>()
let spans = 0

class PrintedSpan implements Span {
  readonly id = (spans += 1)
  readonly parent = active.getStore()?.id ?? null
  readonly events: object[] = []
  readonly name: string
  readonly attributes: Attributes
  status = 0

  constructor(name: string, attributes: Attributes) {
    this.name = name
    this.attributes = attributes
  }

  addEvent(name: string, attributes: Attributes): void {
    this.events.push({ name, ...attributes })
  }

  setStatus({ code }: { code: number }): void {
    this.status = code
  }

  end(): void {
    console.log(JSON.stringify(this))
  }
}

const tracer: Tracer = {
  startSpan: (name, { attributes }) => new PrintedSpan(name, attributes),
}

const stop = traceLLPay(tracer, () => active.getStore())
const client = createClient({
  oidPartner: process.env['LLPAY_OID_PARTNER'] ?? '',
  privateKey: readFileSync(process.env['LLPAY_PRIVATE_KEY_FILE'] ?? ''),
  gatewayPublicKey: readFileSync(process.env['LLPAY_GATEWAY_KEY_FILE'] ?? ''),
  baseUrl: process.env['LLPAY_BASE_URL'],
})

async function unbind(no_agree: string): Promise<void> {
  const span = new PrintedSpan('unbind', {})
  await active.run(span, async () => {
    try {
      await client.card.unbind({ user_id: '1234567', no_agree, pay_type: 'D' })
    } catch (error) {
      span.setStatus({ code: ERROR })
      if (!isLLPayError(error)) throw error
    } finally {
      span.end()
    }
  })
}

await Promise.all(process.argv.slice(2).map(unbind))
stop()
