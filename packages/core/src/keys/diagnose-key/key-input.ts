import type { KeyUse } from '../pem.ts'

/** The text of a key that cannot be read. */
export interface KeyInput {
  readonly text: string
  /** What the key is wanted for, where that is known. */
  readonly use: KeyUse | undefined
}
