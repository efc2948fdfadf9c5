import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { createSandbox, type Sandbox, type SandboxOptions } from '@llpay/sandbox'

import { OID_PARTNER } from './merchant.ts'
import { merchantKeys, plainSigner, plainVerifier } from './signing.ts'

/** A sandbox with these keys, for a gateway that plays what the sandbox cannot play by itself. */
export function createTestSandbox(options: Partial<SandboxOptions> = {}): Sandbox {
  const { merchant, gateway, stranger } = merchantKeys()
  return createSandbox({
    gatewaySigner: plainSigner(gateway.pkcs8Pem),
    otherSigner: plainSigner(stranger.pkcs8Pem),
    partners: [{ oidPartner: OID_PARTNER, verifier: plainVerifier(merchant.spkiPem) }],
    ...options,
  })
}

/** A sandbox that was started by its command. */
export interface CommandSandbox {
  /** The variables that it tells its user to export. */
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** Starts a command that is `llpay sandbox --json`, and waits until it listens. */
export async function startByCommand(
  [command, ...args]: readonly [string, ...string[]],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<CommandSandbox> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const [line]: unknown[] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    closed,
  ])
  if (typeof line !== 'string') throw new Error('the sandbox ended before it said where it listens')
  return {
    environment: JSON.parse(line).sandbox.environment,
    async stop() {
      child.kill()
      await closed
    },
  }
}
