/** A signature that was just computed does not verify: the machine or the runtime computes wrongly. */
export class FaultySignature extends Error {
  override get name(): 'FaultySignature' {
    return 'FaultySignature'
  }
}
