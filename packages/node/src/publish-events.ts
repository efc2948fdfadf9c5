import { channel } from 'node:diagnostics_channel'

import type { OnEvent } from '@llpay/core'

/** The `node:diagnostics_channel` for the events of every client. */
const EVENT_CHANNEL = 'llpay:event'

/** Makes a listener that also publishes to the channel. */
export function publishEvents(onEvent: OnEvent | undefined): OnEvent {
  const events = channel(EVENT_CHANNEL)
  return (event) => {
    if (events.hasSubscribers) events.publish(event)
    onEvent?.(event)
  }
}
