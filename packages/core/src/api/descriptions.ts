/**
 * What the parameters of the catalogue mean, by name. Kept apart from the endpoints, so that whoever
 * only calls one does not load what only help and documentation show.
 *
 * The values of `pay_type` are documented, not enforced: LianLian adds products without notice.
 */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  user_id: "The customer's id in the merchant's system, up to 32 characters",
  no_agree: 'The agreement number that stands for the bound card, up to 32 characters',
  pay_type:
    'The product the card was bound for: 2 express debit (assumed when omitted), 3 express credit, D verified, P new verified, M easypay regular, F easypay pre-authorised',
  platform: 'Only for merchants that share customers with other oid_partner; else leave it out',
  offset: 'How many rows to skip; 0 begins at the newest',
}
