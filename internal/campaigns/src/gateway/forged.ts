const FORGING = ['tampered', 'unsigned', 'wrong-key', 'duplicate', 'other-user', 'code:0000']

/**
 * Tells whether a scenario made a forgery of a reply. What changes or drops a signature makes one
 * only of a reply that has to be signed: a success.
 */
export function isForged(scenario: string, body: string): boolean {
  if (scenario.endsWith(':forged')) return true
  return FORGING.includes(scenario) && body.includes('"ret_code":"0000"')
}
