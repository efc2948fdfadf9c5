/**
 * Thrown by the sandbox's `fetch` instead of a response: the server must close the connection
 * without one.
 */
export class SandboxConnectionClosed extends Error {
  override get name(): 'SandboxConnectionClosed' {
    return 'SandboxConnectionClosed'
  }
}
