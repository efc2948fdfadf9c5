/** The topics of `llpay help TOPIC`, each in a line; their texts are in `help/topic-texts.ts`. */
export const TOPICS: Readonly<Record<string, string>> = {
  exit: 'What the exit statuses mean',
  keys: 'Which keys there are, their forms, and what goes where',
  signing: 'How a message is signed, and how to find why it does not verify',
  outcomes: 'What is proven when a card is unbound, and what to do when nothing is',
  profiles: 'Test and live merchants by name, and which value wins',
  environment: 'The variables that llpay reads',
  sandbox: 'How to try everything on this machine',
}
