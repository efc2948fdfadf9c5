import { words } from '../words/words.ts'
import { announce } from './notices.ts'

/** Does something that may fail, and says so if it does; returns whether it worked. */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action()
    return true
  } catch (error) {
    announce('failed', words.value.failed(error instanceof Error ? error.message : String(error)))
    return false
  }
}
