/**
 * A LianLian Pay gateway on a port of this machine, in one line.
 *
 * @module @llpay/sandbox/node
 */
export {
  startSandbox,
  type MerchantKeys,
  type StartedSandbox,
  type StartSandboxOptions,
} from './start-sandbox.ts'
