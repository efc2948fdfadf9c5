import { useEffect, useState } from 'preact/hooks'

/**
 * What a promise gives: `undefined` until it is there, and again as soon as it is asked for something
 * else. A late reply to an earlier question is dropped.
 */
export function useLoaded<Value>(
  load: () => Promise<Value>,
  inputs: readonly unknown[],
): Value | undefined {
  const [loaded, setLoaded] = useState<{ readonly value: Value } | undefined>(undefined)
  useEffect(() => {
    let isCurrent = true
    setLoaded(undefined)
    const take = async (): Promise<void> => {
      const value = await load()
      if (isCurrent) setLoaded({ value })
    }
    void take()
    return () => {
      isCurrent = false
    }
  }, inputs)
  return loaded?.value
}
