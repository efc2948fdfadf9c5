import { benchBulk } from './benches/bulk.ts'
import { benchCall } from './benches/call.ts'
import { benchEdge } from './benches/edge.ts'
import { benchLoop } from './benches/loop.ts'
import { benchMemory } from './benches/memory.ts'
import { benchNotification } from './benches/notification.ts'
import { benchReader } from './benches/reader.ts'
import { benchRoundTrips } from './benches/round-trips.ts'
import { benchSign } from './benches/sign.ts'
import { benchSize } from './benches/size.ts'
import { benchStart } from './benches/start.ts'
import { benchVerify } from './benches/verify.ts'
import type { Bench } from './measure/result.ts'

/** Every bench by its name. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  call: benchCall,
  sign: benchSign,
  loop: benchLoop,
  verify: benchVerify,
  notification: benchNotification,
  reader: benchReader,
  edge: benchEdge,
  start: benchStart,
  size: benchSize,
  memory: benchMemory,
  bulk: benchBulk,
  'round-trips': benchRoundTrips,
}
