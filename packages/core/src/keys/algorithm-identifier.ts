import { KeyError } from '../errors/key-error.ts'
import { readElements, TAG, writeElement, type DerElement } from './der.ts'

/** 1.2.840.113549.1.1.1, rsaEncryption. */
const RSA_ENCRYPTION = /* @__PURE__ */ Uint8Array.of(
  0x2a,
  0x86,
  0x48,
  0x86,
  0xf7,
  0x0d,
  0x01,
  0x01,
  0x01,
)

/** Writes the AlgorithmIdentifier of an RSA key. */
export function writeRsaIdentifier(): Uint8Array {
  return writeElement(
    TAG.sequence,
    writeElement(TAG.objectIdentifier, RSA_ENCRYPTION),
    writeElement(TAG.null),
  )
}

/** Makes sure that an AlgorithmIdentifier names plain RSA. */
export function requireRsa(element: DerElement): void {
  const [identifier, parameters] = readElements(element.content)
  const isRsa =
    identifier?.tag === TAG.objectIdentifier &&
    identifier.content.length === RSA_ENCRYPTION.length &&
    RSA_ENCRYPTION.every((byte, index) => identifier.content[index] === byte)
  if (!isRsa || (parameters !== undefined && parameters.tag !== TAG.null)) {
    throw new KeyError(
      'ERR_KEY_UNSUPPORTED',
      'The key is not a plain RSA key (it may be an EC or RSA-PSS key). LianLian signs with RSA: make an RSA key pair of at least 2048 bits.',
    )
  }
}
