import { CORE, core, node, type Guard, type Mutation } from './mutation.ts'

const CLI = 'packages/cli/src/bulk'

const cli = (...files: readonly string[]): Guard => ({
  project: 'cli',
  files: files.map((file) => `${CLI}/${file}.test.ts`),
})

const LOCK = cli('ledger/lock')
const LEDGER = cli('ledger/ledger')
const RESULTS = cli('run/results')
const RUN = cli('run/run-jobs')
const DELIVERY = core('bulk/delivery')
const PROCESSOR = core('bulk/processor')
const CLOUDFLARE: Guard = {
  project: 'edge',
  files: ['packages/edge/src/queues/queue-handler.test.ts'],
}

/** The protections of jobs, ledger and files. */
export const JOB_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a ledger is taken from a run that still counts',
    file: `${CLI}/ledger/lock-file.ts`,
    text: "if (now !== text) return 'working'",
    replacement: '',
    guards: [LOCK],
  },
  {
    name: 'a process of another container counts as ended',
    file: `${CLI}/ledger/lock-file.ts`,
    text: 'pidNamespace === own.pidNamespace',
    replacement: 'pidNamespace !== undefined',
    guards: [LOCK],
  },
  {
    name: 'a lock of another boot is believed',
    file: `${CLI}/ledger/lock-file.ts`,
    text: 'boot === own.boot',
    replacement: 'boot !== undefined',
    guards: [LOCK],
  },
  {
    name: 'time that was not watched counts as silence',
    file: `${CLI}/ledger/lock-file.ts`,
    text: 'Math.min(clock.now() - last, 2 * LOOK_MS)',
    replacement: 'clock.now() - last',
    guards: [LOCK],
  },
  {
    name: 'a lost lock is not noticed',
    file: `${CLI}/ledger/lock.ts`,
    text: 'if (!this.#isHeld()) throw lost()',
    replacement: '',
    guards: [LOCK, LEDGER],
  },
  {
    name: 'a run that lost its lock removes the lock of the other',
    file: `${CLI}/ledger/lock.ts`,
    text: 'if (this.#isHeld()) this.#disk.unlink(this.#path)',
    replacement: 'this.#disk.unlink(this.#path)',
    guards: [LOCK],
  },
  {
    name: 'the lock is not checked before a request',
    file: `${CLI}/ledger/ledger.ts`,
    text: '// The request is sent right after.\n        this.check()',
    replacement: '',
    guards: [LEDGER],
  },
  {
    name: 'the lock is not checked before a record',
    file: `${CLI}/write-lines.ts`,
    text: '    check()\n',
    replacement: '',
    guards: [LEDGER],
  },
  {
    name: 'a file is renamed before it is on the disk',
    file: `${CLI}/ledger/disk.ts`,
    text: 'await file.sync()',
    replacement: '',
    guards: [LEDGER],
  },
  {
    name: 'a new name is not brought to the disk',
    file: `${CLI}/ledger/disk.ts`,
    text: 'await disk.syncFolder(path)',
    replacement: '',
    guards: [LEDGER],
  },
  {
    name: 'a file of one unfinished line is wiped as a ledger',
    file: `${CLI}/ledger/ledger.ts`,
    text: "if (isTornHead(readText(disk, file) ?? '')) return undefined",
    replacement: 'if (isTornHead !== undefined && readText) return undefined',
    guards: [LEDGER],
  },
  {
    name: 'a key is made again although jobs were recorded with another',
    file: `${CLI}/ledger/job-key.ts`,
    text: '(hasJobs || !TORN_KEY.test(text))',
    replacement: '!TORN_KEY.test(text)',
    guards: [LEDGER],
  },
  {
    name: 'any file is taken for results',
    file: `${CLI}/run/results.ts`,
    text: 'throw refuse(why)',
    replacement: 'void refuse(why)',
    guards: [RESULTS],
  },
  {
    name: 'an outcome that is in the results is written again',
    file: `${CLI}/run/results.ts`,
    text: 'if (names.get(name) === TOLD) continue',
    replacement: '',
    guards: [RESULTS],
  },
  {
    name: 'results are written into the cards or the ledger',
    file: `${CLI}/run/check-files.ts`,
    text: 'if (other !== undefined) {',
    replacement: 'if (other === "") {',
    guards: [RESULTS],
  },
  {
    name: 'a card whose outcome could not be recorded is forgotten',
    file: `${CLI}/run/run-jobs.ts`,
    text: 'if (!task.isRecorded) this.#leave(task)',
    replacement: '',
    guards: [RUN],
  },
  {
    name: 'a gateway may delay a run for years',
    file: `${CLI}/run/pace.ts`,
    text: 'Math.min(Math.max(0, delayMs), MOST_MS)',
    replacement: 'Math.max(MOST_MS, delayMs)',
    guards: [RUN],
  },
  {
    name: 'lines behind a broken one are read',
    file: `${CLI}/input/read-csv.ts`,
    text: 'if (info.lines >= lineOf(broken)) break',
    replacement: '',
    guards: [cli('input/read-rows')],
  },
  {
    name: 'a gateway may delay a job for years',
    file: `${CORE}/bulk/delivery.ts`,
    text: 'Math.min(delayMs, MOST_MS)',
    replacement: 'Math.max(delayMs, MOST_MS)',
    guards: [DELIVERY, node('queues/handlers')],
  },
  {
    name: 'a job that is given up is not kept before the hook hears of it',
    file: `${CORE}/bulk/delivery.ts`,
    text: '(await processor.keep?.(outcome)) ?? outcome',
    replacement: 'outcome',
    guards: [DELIVERY, CLOUDFLARE],
  },
  {
    name: 'a job whose marks or hook fail is given up',
    file: `${CORE}/bulk/delivery.ts`,
    text: "return later({ outcome: 'retry', code, delayMs: AFTER_A_MISHAP_MS, stop: false })",
    replacement:
      "return endOf({ outcome: 'retry', code, delayMs: AFTER_A_MISHAP_MS, stop: false }, delivery, { process: processor.process }, options)",
    guards: [DELIVERY, CLOUDFLARE],
  },
  {
    name: 'a stopped handler lets every job through after ten minutes',
    file: `${CORE}/bulk/delivery.ts`,
    text: 'this.shut()\n    this.#probing = {}',
    replacement: 'this.#probing = {}',
    guards: [DELIVERY],
  },
  {
    name: 'a job that is tried after a stop and never ends is the last one',
    file: `${CORE}/bulk/delivery.ts`,
    text: 'if (this.#clock.now() < this.#shutUntil) return undefined',
    replacement:
      'if (this.#probing !== undefined || this.#clock.now() < this.#shutUntil) return undefined',
    guards: [DELIVERY],
  },
  {
    name: 'a job that ended is carried out again',
    file: `${CORE}/bulk/processor.ts`,
    text: 'if (kept !== undefined) return { ...kept, ...facts }',
    replacement: '',
    guards: [PROCESSOR],
  },
  {
    name: 'the outcome that was kept first is not the one that counts',
    file: 'packages/node/src/queues/redis-marks.ts',
    text: 'if (outcome !== undefined) break',
    replacement: '',
    guards: [node('queues/handlers')],
  },
  {
    name: 'an outcome is reported before it is kept',
    file: `${CORE}/bulk/processor.ts`,
    text: 'if (!isDenial(verdict)) return keepOutcome(marks, jobId, verdict)',
    replacement: 'if (!isDenial(verdict)) return verdict',
    guards: [PROCESSOR],
  },
  {
    name: 'Redis keeps an outcome for a count although another one has sent',
    file: 'packages/node/src/queues/redis-marks.ts',
    text: 'if (line.startsWith(atCount))',
    replacement: 'if (line.startsWith(ENDED_AT))',
    guards: [node('queues/handlers')],
  },
  {
    name: 'Redis lets a worker send behind an outcome',
    file: 'packages/node/src/queues/redis-marks.ts',
    text: 'return outcome === undefined ? sends : false',
    replacement: 'return outcome === "" ? false : sends',
    guards: [node('queues/handlers')],
  },
  {
    name: 'a job is sent although another worker has ended it',
    file: `${CORE}/bulk/processor.ts`,
    text: 'if (counted === false) throw new DecidedMeanwhile()',
    replacement: '',
    guards: [PROCESSOR],
  },
  {
    name: 'a job that another delivery has sent is sent as if it were the first',
    file: `${CORE}/bulk/processor.ts`,
    text: 'if (!resume && (counted ?? 0) > sends) throw new SentMeanwhile()',
    replacement: '',
    guards: [PROCESSOR],
  },
  {
    name: 'a denial is reported although another delivery has sent the job',
    file: `${CORE}/bulk/processor.ts`,
    text: 'if (kept !== undefined) return kept\n  return resume',
    replacement: 'if (kept !== undefined || sends >= 0) return kept ?? verdict\n  return resume',
    guards: [PROCESSOR],
  },
  {
    name: 'a denial is kept however often the job was sent',
    file: `${CORE}/bulk/marks.ts`,
    text: 'await marks.keepOutcome(jobId, write(outcome), sends)',
    replacement: 'await marks.keepOutcome(jobId, write(outcome))',
    guards: [PROCESSOR],
  },
  {
    name: 'a ledger keeps an outcome for a count that is another one',
    file: `${CLI}/ledger/ledger.ts`,
    text: 'sends === undefined || sends === this.#countOf(job)',
    replacement: 'sends !== -1',
    guards: [LEDGER],
  },
  {
    name: 'deliveries of one job are carried out beside each other',
    file: `${CORE}/bulk/processor.ts`,
    text: 'before === undefined ? task() : before.then(task, task)',
    replacement: 'before === undefined ? task() : task()',
    guards: [PROCESSOR],
  },
  {
    name: 'BullMQ fails a job for good that could not be delayed',
    file: 'packages/node/src/queues/bullmq.ts',
    text: 'await report(error, options)',
    replacement: 'throw error',
    guards: [node('queues/handlers')],
  },
  {
    name: 'an onError that fails decides what becomes of a job',
    file: 'packages/node/src/queues/report.ts',
    text: '// There is no one left to report to; the job is delivered again anyway.',
    replacement: 'throw error',
    guards: [node('queues/handlers')],
  },
  {
    name: 'Cloudflare is reported before the queue of failed jobs has a job',
    file: 'packages/edge/src/queues/queue-handler.ts',
    text: 'await failed.send(',
    replacement: 'void failed.send(',
    guards: [CLOUDFLARE],
  },
]
