import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { virtualClock } from '@internal/testkit/clocks'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { realDisk, type Disk } from './disk.ts'
import { takeLock, type Lock } from './lock.ts'
import type { Platform, ProcessMark, Processes } from './platform.ts'

const HERE = { boot: 'boot-1', pidNamespace: 'pid:[1]' }
const ELSEWHERE = { boot: 'boot-1', pidNamespace: 'pid:[2]' }

let folder = ''
let ledger = ''
const opened: Lock[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-lock-'))
  ledger = join(folder, 'cards.ledger')
})
afterEach(() => {
  for (const lock of opened.splice(0)) lock.release()
  rmSync(folder, { recursive: true })
})

/** A disk that needs no time: the virtual clock knows nothing of a disk that is busy. */
const quickDisk: Disk = {
  ...realDisk,
  open: (path, mode) => Object.assign(realDisk.open(path, mode), { sync: async () => undefined }),
}

/** A run on a machine where the processes of some numbers have ended. */
function runOf(pid: number, gone: readonly number[] = [], where = HERE): Platform {
  const processes: Processes = {
    own: (): ProcessMark => ({ pid, start: '7', ...where }),
    isGone: (mark) => gone.includes(mark.pid) || mark.start !== '7',
  }
  return { disk: quickDisk, clock: virtualClock(), processes, time: () => 0 }
}

async function take(platform: Platform): Promise<Lock> {
  const lock = await takeLock(ledger, platform)
  opened.push(lock)
  return lock
}

/** Leaves the lock of a run that was killed: nobody counts in it. */
async function leave(pid: number, where = HERE): Promise<void> {
  const lock = await takeLock(ledger, { ...runOf(pid, [], where), clock: frozen() })
  renameSync(`${ledger}.lock`, `${ledger}.kept`)
  lock.release()
  renameSync(`${ledger}.kept`, `${ledger}.lock`)
}

/** The clock of a suspended process. */
const frozen = () => ({
  now: () => 0,
  sleep: (_: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve())),
})

const holder = () => JSON.parse(readFileSync(`${ledger}.lock`, 'utf8'))
const conflict = { code: 'ERR_CONFIG_CONFLICT' }

test('holds token, process, boot, namespace and counter, and leaves nothing when it is released', async () => {
  const lock = await take(runOf(1))
  const { token, ...facts } = holder()
  expect(token).toMatch(/^[0-9a-f]{32}$/)
  expect(facts).toEqual({
    llpay: 'unbind-lock',
    pid: 1,
    start: '7',
    boot: 'boot-1',
    pid_namespace: 'pid:[1]',
    beat: '000000000000',
  })
  expect(readdirSync(folder)).toEqual(['cards.ledger.lock'])
  lock.release()
  expect(readdirSync(folder)).toEqual([])
})

test('counts while it is held', async () => {
  const platform = runOf(1)
  await take(platform)
  await platform.clock.sleep(7_000)
  expect(holder().beat).toBe('000000000003')
})

test('a run whose process is gone is replaced at once', async () => {
  await leave(1)
  const platform = runOf(2, [1])
  await take(platform)
  expect(holder().pid).toBe(2)
})

test.each([
  ['of another container', ELSEWHERE],
  ['of another boot', { boot: 'boot-2', pidNamespace: 'pid:[1]' }],
  ['that does not respond', HERE],
])('a run %s is replaced after a minute without a count', async (_, where) => {
  await leave(1, where)
  const platform = runOf(2, where === HERE ? [] : [1])
  const before = platform.clock.now()
  const onWait = vi.fn<() => void>()
  opened.push(await takeLock(ledger, platform, { onWait }))
  expect(platform.clock.now() - before).toBeGreaterThanOrEqual(60_000)
  expect(onWait).toHaveBeenCalledTimes(1)
})

test.each([HERE, ELSEWHERE])('a run that counts is not replaced: %o', async (where) => {
  const { clock } = runOf(0)
  const first = await take({ ...runOf(1, [], where), clock })
  await expect(
    takeLock(ledger, { ...runOf(2, [1]), clock, ...(where === HERE ? runOf(2) : {}) }),
  ).rejects.toMatchObject(conflict)
  expect(() => first.check()).not.toThrow()
})

test('time in which the observer did not look does not count', async () => {
  await leave(1, ELSEWHERE)
  const platform = runOf(2)
  // Every look takes ten minutes: both containers were paused meanwhile.
  let now = 0
  let looks = 0
  const clock = {
    now: () => now,
    sleep: async () => {
      now += 600_000
      looks += 1
    },
  }
  const taken = takeLock(ledger, {
    ...platform,
    clock: {
      ...clock,
      sleep: (ms: number, signal?: AbortSignal) =>
        ms < 1000 ? clock.sleep() : frozen().sleep(ms, signal),
    },
  })
  opened.push(await taken)
  expect(looks).toBeGreaterThanOrEqual(60)
})

test('a suspended run that wakes finds that it lost its lock, and leaves the other one alone', async () => {
  const suspended = await takeLock(ledger, { ...runOf(1), clock: frozen() })
  const second = await take(runOf(2))
  expect(() => suspended.check()).toThrow(expect.objectContaining(conflict))
  suspended.release()
  expect(() => second.check()).not.toThrow()
  expect(holder().pid).toBe(2)
})

test('a lock that was removed by hand stops its run', async () => {
  const lock = await take(runOf(1))
  rmSync(`${ledger}.lock`)
  expect(() => lock.check()).toThrow(expect.objectContaining(conflict))
})

test.each([
  ['of a process that is gone', '999999 1\n'],
  ['of another process with the same number', '1 6\n'],
])('a lock of an earlier llpay %s is replaced', async (_, text) => {
  writeFileSync(`${ledger}.lock`, text)
  await take(runOf(2, [999_999]))
  expect(holder().pid).toBe(2)
})

test('a lock of an earlier llpay is respected while its process works, here or on the same ledger', async () => {
  writeFileSync(`${ledger}.lock`, '1 7\n')
  await expect(takeLock(ledger, runOf(2))).rejects.toMatchObject(conflict)
  writeFileSync(ledger, '')
  const platform = runOf(2, [1])
  const { clock } = platform
  const growing = {
    ...clock,
    sleep: async (ms: number, signal?: AbortSignal) => {
      await clock.sleep(ms, signal)
      writeFileSync(ledger, 'x', { flag: 'a' })
    },
  }
  await expect(takeLock(ledger, { ...platform, clock: growing })).rejects.toMatchObject(conflict)
})

test.each(['', '\n', '\0\0\0\0', '{"llpay":"unbind-lock","tok', '12', 'a note\n'])(
  'a lock that was torn is replaced: %j',
  async (text) => {
    writeFileSync(`${ledger}.lock`, text)
    await take(runOf(2))
    expect(readdirSync(folder)).toEqual(['cards.ledger.lock'])
    expect(holder().pid).toBe(2)
  },
)

test('a link to nothing in the place of the lock is reported', async () => {
  symlinkSync(join(folder, 'nothing'), `${ledger}.lock`)
  await expect(takeLock(ledger, runOf(1))).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
})

test.each([
  ['gone', '1 6\n'],
  ['torn', ''],
])('of many that find a lock %s, one gets it', async (_, text) => {
  for (let round = 0; round < 20; round += 1) {
    writeFileSync(`${ledger}.lock`, text)
    const { clock } = runOf(0)
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, (_each, index) =>
        takeLock(ledger, { ...runOf(index + 10), clock }),
      ),
    )
    const won = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    expect(won).toHaveLength(1)
    expect(() => won[0]?.check()).not.toThrow()
    won[0]?.release()
  }
})

test('a run that was about to take over, and slept, does not move a lock that is held', async () => {
  await leave(1)
  let second: Lock | undefined
  // Between the moment it saw that the holder is gone and the moment it claims, another run takes over.
  const slow: Disk = {
    ...quickDisk,
    link: (from, to) => {
      if (to.includes('.after-') && second === undefined)
        throw Object.assign(new Error('x'), { code: 'LATER' })
      realDisk.link(from, to)
    },
  }
  await expect(takeLock(ledger, { ...runOf(2, [1]), disk: slow })).rejects.toThrow()
  second = await take(runOf(3, [1]))
  const late = takeLock(ledger, { ...runOf(2, [1]), disk: slow })
  await expect(late).rejects.toMatchObject(conflict)
  expect(() => second?.check()).not.toThrow()
})

test('a claim that its run left when it was killed is taken over as well', async () => {
  await leave(1)
  const killed: Disk = {
    ...quickDisk,
    rename: () => {
      throw Object.assign(new Error('killed'), { code: 'KILLED' })
    },
  }
  await expect(takeLock(ledger, { ...runOf(2, [1]), disk: killed })).rejects.toThrow()
  expect(readdirSync(folder).filter((name) => name.includes('.after-'))).toHaveLength(1)
  await take(runOf(3, [1, 2]))
  expect(readdirSync(folder)).toEqual(['cards.ledger.lock'])
  expect(holder().pid).toBe(3)
})

test('works where the file system has no hard links', async () => {
  const disk: Disk = {
    ...quickDisk,
    link: () => {
      throw Object.assign(new Error('no links'), { code: 'EPERM' })
    },
  }
  const first = await take({ ...runOf(1), disk })
  const { clock } = runOf(0)
  const again = takeLock(ledger, { ...runOf(2, [1]), disk, clock })
  opened.push(await again)
  expect(() => first.check()).toThrow(expect.objectContaining(conflict))
  expect(readdirSync(folder)).toEqual(['cards.ledger.lock'])
})

test.each(['ENOSPC', 'EACCES', 'EROFS'])('%s leaves nothing behind', async (code) => {
  const disk: Disk = {
    ...quickDisk,
    open: (path, mode) =>
      mode === 'create'
        ? Object.assign(realDisk.open(path, mode), {
            append: () => {
              throw Object.assign(new Error('full'), { code })
            },
          })
        : realDisk.open(path, mode),
  }
  await expect(takeLock(ledger, { ...runOf(1), disk })).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: expect.stringContaining(code),
  })
  expect(readdirSync(folder)).toEqual([])
})

test('an interrupt ends the waiting', async () => {
  await leave(1, ELSEWHERE)
  const controller = new AbortController()
  const onWait = () => controller.abort()
  await expect(
    takeLock(ledger, runOf(2), { signal: controller.signal, onWait }),
  ).rejects.toMatchObject({ code: 'ERR_TRANSPORT_ABORTED', delivered: 'no' })
})
