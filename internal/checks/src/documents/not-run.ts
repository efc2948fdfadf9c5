/** Commands of the documents that the check does not run, and why. */
export const NOT_RUN: readonly { readonly command: RegExp; readonly why: string }[] = [
  {
    command: /^npm install (?:--global |--save-dev )?@llpay\/\S+\s*(?:#.*)?$/,
    why: 'the packages are not on a registry yet; the check installers installs their tarballs',
  },
  { command: /^npm run pack\b/, why: 'the check installers runs it' },
  { command: /^npm start\b/, why: 'npm run replay runs it in a clean clone' },
  {
    command: /^npm run console\b/,
    why: 'it serves until it is stopped; the check browser drives the page',
  },
  {
    command: /^llpay notification (?:send|listen)\b/,
    why: 'one serves until it is stopped, the other needs it; the tests of the command line run both',
  },
  { command: /^npm test\b/, why: 'it is what runs this check' },
  { command: /^npm run check:all\b/, why: 'CI runs it after npm test' },
  { command: /^npm run bench\b/, why: 'it takes minutes; the check bench runs its short form' },
  { command: /^esbuild\b/, why: 'the check bundlers bundles an application so, and runs it' },
  { command: /\bwrangler\b/, why: 'it talks to Cloudflare' },
  {
    command: /^llpay card verify-bind .*--params - <<'JSON'\n\{\n {2}"token": "6C1F/,
    why: 'it needs the token of an application; the guide to binding runs both',
  },
]
