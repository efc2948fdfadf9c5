import type { Block } from '../output/blocks.ts'

/** The texts of the topics, a paragraph or a table each. */
export const TOPIC_TEXTS: Readonly<Record<string, readonly Block[]>> = {
  exit: [
    [
      ['0', 'done and proven'],
      ['1', 'a bug in llpay'],
      ['2', 'wrong usage, configuration, key or parameter; nothing was sent'],
      ['3', 'LianLian refused, the card is bound for another product, or cards were not bound'],
      ['4', 'a reply cannot be trusted; unless delivered is "no", it may have been carried out'],
      ['5', 'not delivered; nothing was sent'],
      ['6', 'the outcome is unknown; look before you repeat'],
      ['130', 'interrupted before anything was sent'],
    ],
    'With --json every path prints exactly one object on standard output; its "ok" tells success from failure.',
  ],
  keys: [
    "Two pairs of RSA keys are in play. The merchant's private key signs requests and never leaves its owner; its public half is uploaded to LianLian's merchant console. LianLian's public key, which the console shows, verifies answers. The merchant's own public key in its place is the most frequent mistake; llpay refuses it.",
    'Keys are recognised by their content: PEM (PKCS#1, PKCS#8, SubjectPublicKeyInfo), base64 on one line with or without header, DER, JWK. Windows line ends, escaped newlines, quotes and a byte order mark do not matter.',
    [
      ['llpay key new', 'makes a pair and says what to upload'],
      ['llpay key inspect FILE', 'says what a file is, without showing it'],
      ['llpay key convert FILE', 'writes it in another form'],
      ['llpay key match A B', 'tells whether two files belong together'],
    ],
  ],
  signing: [
    'The members of a message, without sign and without empty ones, are sorted by the bytes of their names and joined as name=value with &. Nothing is encoded, quoted or trimmed. The UTF-8 bytes of that text are signed: RSA with MD5, in base64. sign_type is part of the text.',
    'In answers, some members are not signed: agreement_list in the list of cards. A member that no documentation names (correlationID) is signed like any other.',
    "When LianLian answers 1001, verify your own request with your own public key; when an answer does not verify, give LianLian's:",
    [
      ['llpay verify request.json --key FILE --explain', ''],
      ['llpay sign message.json --private-key FILE --explain', ''],
    ],
    'A signature tells of itself which algorithm made it and of which text: verify says whether the key is wrong or the text, and tries the usual mistakes until the text fits.',
  ],
  outcomes: [
    '"unbound" means: LianLian said so, and signed it (evidence signed-reply), or its list of bound cards no longer has the agreement (signed-query; unsigned-query where LianLian answers "no record", which it does not sign).',
    'Exit 6 means that nothing proves what became of the request: look with llpay card list before you repeat. Exit 5 means that no byte of it reached a socket. Code 3003 usually means another pay_type, user_id or platform than the card was bound with, or a card that was unbound before.',
    '--settle always (the default) queries the list before, after and in doubt; auto in doubt only; never not at all. --pay-types names the products under which cards may be bound.',
  ],
  profiles: [
    'A profile says for whom calls are made, where the keys are and where calls go; it holds no key. llpay init writes it, as a file of its own:',
    [
      ['Linux', '$XDG_CONFIG_HOME/llpay or ~/.config/llpay'],
      ['macOS', '~/Library/Application Support/llpay'],
      ['Windows', '%APPDATA%\\llpay'],
    ],
    'A flag wins, and so does a profile that --profile names. Then come the variables, and last a profile that LLPAY_PROFILE names, or the one called default, for what is still missing.',
    'A profile is for test or for live, and the two are kept apart: a live one cannot be sent elsewhere by --base-url or LLPAY_BASE_URL, a test one never reaches LianLian itself. At a terminal, a live unbind shows merchant, bank and last digits, and asks; --yes skips that.',
    "A private key's file must be its owner's alone: chmod 600 FILE.",
  ],
  environment: [
    [
      ['LLPAY_OID_PARTNER', 'the merchant number, 18 digits'],
      ['LLPAY_PRIVATE_KEY', "the merchant's private key, or LLPAY_PRIVATE_KEY_FILE"],
      ['LLPAY_PRIVATE_KEY_PASSPHRASE', 'for a private key that is encrypted'],
      ['LLPAY_GATEWAY_KEY', "LianLian's public key, or LLPAY_GATEWAY_KEY_FILE"],
      ['LLPAY_BASE_URL', "takes the place of LianLian's hosts"],
      ['LLPAY_PROFILE', 'the profile that gives what is missing'],
      ['HTTPS_PROXY, NO_PROXY', 'a proxy; never for this machine'],
      ['NODE_EXTRA_CA_CERTS', 'certificates of a private authority'],
      ['NO_COLOR', 'prints without colour'],
    ],
    'A flag wins over the environment, and a profile named by --profile does. A variable that is set to nothing counts as not set. A variable and its _FILE together are refused.',
  ],
  sandbox: [
    'llpay sandbox is a LianLian gateway on 127.0.0.1: it verifies signatures, keeps bound cards, logs each request, and misbehaves on demand. It prints the variables to export; then every command works against it.',
    [
      ['llpay sandbox --keys ./keys', 'keeps its keys in a folder'],
      ['llpay sandbox --card U:N:D', 'binds this card; --cards FILE those of a file'],
      ['llpay sandbox --state ./cards.json', 'keeps the cards over restarts'],
      ['llpay sandbox --help', 'lists the scenarios'],
    ],
    'From another terminal, while it runs:',
    [
      ['llpay sandbox play close-after --next 1', 'loses the next reply'],
      ['llpay sandbox requests --follow', 'shows what arrives'],
      ['llpay sandbox cards list', 'lists the bound cards'],
      ['llpay sandbox reset', 'brings it back to its start'],
    ],
  ],
}
