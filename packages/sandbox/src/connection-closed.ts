/**
 * Thrown by the sandbox's `fetch` in place of an answer: whoever serves it must close the connection
 * without one.
 */
export class SandboxConnectionClosed extends Error {
  override get name(): 'SandboxConnectionClosed' {
    return 'SandboxConnectionClosed'
  }
}
