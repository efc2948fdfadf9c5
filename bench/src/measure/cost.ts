/** Microseconds of CPU, of all threads of this process, that some work took. */
export async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/**
 * Microseconds of CPU, of all threads of this process, for each of a number of calls, some of them at a time.
 * CPU and not time: what else runs on the machine costs time.
 */
export async function cpuPerCall(
  calls: number,
  inFlight: number,
  call: () => unknown,
): Promise<number> {
  let left = calls
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await call()
    }
  }
  const cpu = await cpuOf(() => Promise.all(Array.from({ length: inFlight }, worker)))
  return cpu / calls
}

/** The same for calls that wait for nothing. */
export async function cpuPerSyncCall(calls: number, call: () => unknown): Promise<number> {
  const cpu = await cpuOf(() => {
    for (let index = 0; index < calls; index += 1) call()
  })
  return cpu / calls
}
