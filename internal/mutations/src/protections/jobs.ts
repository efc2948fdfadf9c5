import { choose, forget, never, remove, replace, unwrap, widen } from '../changes.ts'
import { CORE, core, node, type Guard, type Mutation } from '../mutation.ts'
import {
  argument,
  awaiting,
  call,
  condition,
  conditional,
  handler,
  operand,
  statement,
  token,
} from '../places.ts'

const DELIVERY = core('bulk/delivery')
const PROCESSOR = core('bulk/processor')
const CLOUDFLARE: Guard = {
  project: 'edge',
  files: ['packages/edge/src/queues/queue-handler.test.ts'],
}

/** What keeps a job of a queue from being lost, sent twice, or reported wrongly. */
export const JOBS: readonly Mutation[] = [
  {
    name: 'a gateway may delay a job for years',
    file: `${CORE}/bulk/delivery.ts`,
    in: 'later',
    change: unwrap('min'),
    guards: [DELIVERY, node('queues/handlers')],
  },
  {
    name: 'a job that is given up is not kept before the hook hears of it',
    file: `${CORE}/bulk/delivery.ts`,
    in: 'endOf',
    change: remove(operand('keep')),
    guards: [DELIVERY, CLOUDFLARE],
  },
  {
    name: 'a job whose marks or hook fail is given up',
    file: `${CORE}/bulk/delivery.ts`,
    in: 'createDelivery',
    change: replace(
      token('later'),
      '((outcome) => endOf(outcome, delivery, { process: processor.process }, options))',
    ),
    guards: [DELIVERY, CLOUDFLARE],
  },
  {
    name: 'a stopped handler lets every job through after ten minutes',
    file: `${CORE}/bulk/delivery.ts`,
    in: 'Gate.enter',
    change: remove(statement('shut')),
    guards: [DELIVERY],
  },
  {
    name: 'a job that is tried after a stop and never ends is the last one',
    file: `${CORE}/bulk/delivery.ts`,
    in: 'Gate.enter',
    change: widen(condition('#shutUntil'), 'this.#probing !== undefined'),
    guards: [DELIVERY],
  },
  {
    name: 'a job that ended is carried out again',
    file: `${CORE}/bulk/processor.ts`,
    in: 'createUnbindProcessor.process',
    change: never('kept'),
    guards: [PROCESSOR],
  },
  {
    name: 'the outcome that was kept first is not the one that counts',
    file: 'packages/node/src/queues/redis-marks.ts',
    in: 'readLines',
    change: never('outcome'),
    guards: [node('queues/handlers')],
  },
  {
    name: 'an outcome is reported before it is kept',
    file: `${CORE}/bulk/processor.ts`,
    in: 'attempt',
    change: replace(call('keepOutcome'), 'verdict'),
    guards: [PROCESSOR],
  },
  {
    name: 'Redis keeps an outcome for a count although another one has sent',
    file: 'packages/node/src/queues/redis-marks.ts',
    in: 'readLines',
    change: replace(argument('startsWith'), 'ENDED_AT'),
    guards: [node('queues/handlers')],
  },
  {
    name: 'Redis lets a worker send behind an outcome',
    file: 'packages/node/src/queues/redis-marks.ts',
    in: 'redisMarks.add',
    change: choose('whenTrue', 'outcome'),
    guards: [node('queues/handlers')],
  },
  {
    name: 'a job is sent although another worker has ended it',
    file: `${CORE}/bulk/processor.ts`,
    in: 'attempt.beforeSending',
    change: never('counted', 'false'),
    guards: [PROCESSOR],
  },
  {
    name: 'a job that another delivery has sent is sent as if it were the first',
    file: `${CORE}/bulk/processor.ts`,
    in: 'attempt.beforeSending',
    change: never('counted', 'resume'),
    guards: [PROCESSOR],
  },
  {
    name: 'a denial is reported although another delivery has sent the job',
    file: `${CORE}/bulk/processor.ts`,
    in: 'attempt',
    change: replace(conditional('resume'), 'verdict'),
    guards: [PROCESSOR],
  },
  {
    name: 'a denial is kept however often the job was sent',
    file: `${CORE}/bulk/marks.ts`,
    in: 'keepDenial',
    change: remove(argument('keepOutcome', 2)),
    guards: [PROCESSOR],
  },
  {
    name: 'deliveries of one job are carried out beside each other',
    file: `${CORE}/bulk/processor.ts`,
    in: 'Turns.take',
    change: choose('whenTrue', 'before'),
    guards: [PROCESSOR],
  },
  {
    name: 'BullMQ fails a job for good that could not be delayed',
    file: 'packages/node/src/queues/bullmq.ts',
    in: 'createUnbindHandler.delay',
    change: replace(statement('report'), 'throw error'),
    guards: [node('queues/handlers')],
  },
  {
    name: 'an onError that fails decides what becomes of a job',
    file: 'packages/node/src/queues/report.ts',
    in: 'report',
    change: replace(handler(), '{ throw error }'),
    guards: [node('queues/handlers')],
  },
  {
    name: 'Cloudflare is reported before the queue of failed jobs has a job',
    file: 'packages/edge/src/queues/queue-handler.ts',
    in: 'createUnbindHandler',
    change: forget(awaiting('send')),
    guards: [CLOUDFLARE],
  },
]
