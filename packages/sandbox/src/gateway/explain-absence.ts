import type { BoundSandboxCard } from '../state/sandbox-cards.ts'

const productOf = ({ pay_type = '2' }: { readonly pay_type?: string }) => pay_type

const unique = (texts: readonly string[]) => [...new Set(texts)].join(', ')

/**
 * Says why a request found no card.
 *
 * @param own the customer's cards.
 * @param asked what the request names.
 * @param elsewhere whether any customer has the agreement.
 */
export function explainAbsence(
  own: readonly BoundSandboxCard[],
  asked: BoundSandboxCard,
  elsewhere = false,
): string {
  const { no_agree, pay_type, platform = '' } = asked
  const same = own.filter((card) => no_agree === '' || card.no_agree === no_agree)
  if (same.length === 0) return elsewhere ? 'bound for another customer' : 'not bound'
  const onPlatform = same.filter((card) => (card.platform ?? '') === platform)
  if (onPlatform.length === 0) {
    return platform === '' ? 'bound on a platform' : 'not bound on this platform'
  }
  const under = `bound under ${unique(onPlatform.map(productOf))}`
  return pay_type === undefined ? `${under}; pay_type omitted means 2` : under
}
