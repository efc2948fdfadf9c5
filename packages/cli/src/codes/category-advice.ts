/** What to do after a return code, by its category. */
export const CATEGORY_ADVICE: Readonly<Record<string, string>> = {
  success: 'Nothing: it was carried out.',
  'auth-or-config':
    'LianLian has to change something: the address that calls (1008), the rights or the state of the merchant. Ask its support.',
  'bank-or-network-transient': 'Find out what became of the request before repeating it.',
  'card-or-user':
    'The customer or the card: tell the customer, who may take another card or ask the bank.',
  duplicate: 'It was done before, or its number was used: look it up before anything else.',
  limit: 'A limit was passed: wait, take less, or have LianLian raise it.',
  'not-found':
    'Check what the request names. For a card: pay_type is omitted ("2" is assumed) or another; user_id or platform is another; or it was unbound before.',
  other: 'Look at the state of the order or the agreement.',
  parameter: 'Correct the request: ret_msg names the parameter.',
  processing: 'It is still under way: ask for the outcome after a while.',
  risk: 'Risk control stopped it: ask LianLian before trying again.',
  signature:
    'Verify your own request with your own public key: llpay verify FILE --key FILE --explain. If it verifies, another public key is in the merchant console: upload the right one.',
  system: "The fault is LianLian's: find out what became of the request, and report it.",
  unlisted: 'LianLian documents no such code for the classic API: treat the outcome as unknown.',
}
