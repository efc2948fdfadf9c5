import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli, runInTerminal } from '@internal/testkit/cli'
import { bodyOf, serve } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const merchant = vectorKey('k2048')
const gateway = vectorKey('k1024')
const OID = '201304121000001004'
const CARD = ['--user-id', 'u', '--no-agree', '2014031710002121', '--pay-type', 'D']
const DRY = ['unbind', ...CARD, '--dry-run', '--json']

let folder = ''
let home = ''
let environment: Record<string, string> = {}
const at = (name: string) => join(folder, name)
const profileAt = (name: string) => join(home, 'llpay', `${name}.json`)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-profiles-'))
  writeFileSync(at('merchant.pem'), merchant.pkcs8Pem, { mode: 0o600 })
  writeFileSync(at('merchant.pub'), merchant.spkiPem)
  writeFileSync(at('gateway.pem'), gateway.spkiPem)
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => {
  home = mkdtempSync(at('home-'))
  environment = { XDG_CONFIG_HOME: home }
})

const VALUES = () => [
  '--oid-partner',
  OID,
  '--private-key',
  at('merchant.pem'),
  '--gateway-key',
  at('gateway.pem'),
]
const init = (...more: string[]) => runCli(['init', ...VALUES(), ...more, '--json'], environment)
const dryRun = async (args: readonly string[] = [], env: Record<string, string> = {}) => {
  const { status, stdout } = await runCli([...DRY, ...args], { ...environment, ...env })
  return { status, ...JSON.parse(stdout) }
}

describe('llpay init', () => {
  test('writes where things are, for its owner alone, and no key', async () => {
    const run = await init('--base-url', 'http://127.0.0.1:9/x')
    expect(JSON.parse(run.stdout)).toEqual({
      ok: true,
      profile: 'default',
      file: profileAt('default'),
      environment: 'test',
      oid_partner: OID,
    })
    expect(JSON.parse(readFileSync(profileAt('default'), 'utf8'))).toEqual({
      environment: 'test',
      oid_partner: OID,
      private_key_file: at('merchant.pem'),
      gateway_key_files: [at('gateway.pem')],
      base_url: 'http://127.0.0.1:9/x',
    })
    expect(statSync(profileAt('default')).mode & 0o777).toBe(0o600)
  })

  test('keeps the products, which a call takes from it', async () => {
    expect((await init('--pay-types', '2,D')).status).toBe(0)
    expect(JSON.parse(readFileSync(profileAt('default'), 'utf8'))).toMatchObject({
      pay_types: ['2', 'D'],
    })
    const text = readFileSync(profileAt('default'), 'utf8').replace('"D"', '"D "')
    writeFileSync(profileAt('default'), text)
    expect(await dryRun()).toMatchObject({
      status: 2,
      error: { message: expect.stringContaining('profile default') },
    })
    expect((await init('--force', '--pay-types', '2,2')).status).toBe(2)
  })

  test('overwrites another only when asked to', async () => {
    expect((await init()).status).toBe(0)
    const before = readFileSync(profileAt('default'), 'utf8')
    const again = await init('--base-url', 'http://127.0.0.1:9')
    expect(again.status).toBe(2)
    expect(JSON.parse(again.stdout).error.hint).toContain('--force')
    expect(readFileSync(profileAt('default'), 'utf8')).toBe(before)
    expect((await init('--base-url', 'http://127.0.0.1:9', '--force')).status).toBe(0)
    expect(readFileSync(profileAt('default'), 'utf8')).not.toBe(before)
  })

  test.each([
    [
      "the merchant's own key as LianLian's",
      () => ['--gateway-key', at('merchant.pub')],
      'ERR_KEY_MISMATCH',
    ],
    ['a name that leads elsewhere', () => ['--profile', '../x'], 'ERR_CONFIG_INVALID'],

    ['an environment that is none', () => ['--environment', 'prod'], 'ERR_CONFIG_INVALID'],
    ['tests at the real hosts', () => ['--environment', 'test'], 'ERR_CONFIG_CONFLICT'],
  ])('refuses %s', async (_, more, code) => {
    const run = await init(...more())
    expect(run.status).toBe(2)
    expect(JSON.parse(run.stdout).error.code).toBe(code)
    expect(() => statSync(join(home, 'llpay'))).toThrow(/ENOENT/)
  })

  test('refuses a merchant number that is none', async () => {
    const [, , ...rest] = VALUES()
    const run = await runCli(['init', '--oid-partner', '1', ...rest, '--json'], environment)
    expect(JSON.parse(run.stdout).error.code).toBe('ERR_CONFIG_INVALID')
  })

  test('says what is missing where nobody can be asked', async () => {
    const run = await runCli(['init', '--oid-partner', OID], environment)
    expect(run.status).toBe(2)
    expect(run.stderr.replaceAll(/\s+/g, ' ')).toMatch(/--private-key and --gateway-key as well/)
  })

  test('asks at a terminal', async () => {
    const run = await runInTerminal(['init'], environment, [
      ['oid_partner', OID],
      ['private key', at('merchant.pem')],
      ['public key', at('gateway.pem')],
      ['Base URL', ''],
    ])
    expect(run.status).toBe(0)
    expect(JSON.parse(readFileSync(profileAt('default'), 'utf8'))).toMatchObject({
      environment: 'live',
      private_key_file: at('merchant.pem'),
    })
  })
})

describe('llpay init at a terminal', () => {
  test('asks again after input that cannot be used, and says why', async () => {
    const run = await runInTerminal(['init'], environment, [
      ['oid_partner', '12'],
      ['invalid: ', OID],
      ['private key', at('gateway.pem')],
      ['invalid: ', at('merchant.pem')],
      ["LianLian's public key", at('merchant.pub')],
      ['invalid: ', at('gateway.pem')],
      ['Base URL', 'ftp://nowhere'],
      ['invalid: ', 'http://127.0.0.1:9'],
    ])
    expect(run.status).toBe(0)
    expect(JSON.parse(readFileSync(profileAt('default'), 'utf8'))).toMatchObject({
      environment: 'test',
      private_key_file: at('merchant.pem'),
      gateway_key_files: [at('gateway.pem')],
    })
  })

  test('generates a key pair under a new name', async () => {
    const run = await runInTerminal(['init'], environment, [
      ['oid_partner', OID],
      ['private key', at('mistyped.pem')],
      ['mistyped.pem does not exist. Generate a key pair there? [y/N]', ''],
      ['private key', at('fresh.pem')],
      ['fresh.pem does not exist. Generate a key pair there? [y/N]', 'y'],
      ["LianLian's public key", at('gateway.pem')],
      ['Base URL', ''],
    ])
    expect(run.status).toBe(0)
    expect(readFileSync(at('fresh.pem'), 'utf8')).toContain('BEGIN PRIVATE KEY')
    const upload = readFileSync(at('fresh.pem.pub'), 'utf8').split('\n').slice(1, -2).join('')
    expect(run.output).toContain(upload)
    expect(existsSync(at('mistyped.pem'))).toBe(false)
  })

  test('sets up a sandbox', async () => {
    const run = await runInTerminal(['init'], environment, [
      ['oid_partner', 'sandbox'],
      ['Folder', at('sandbox-keys')],
    ])
    expect(run.status).toBe(0)
    expect(run.output).toContain(`llpay sandbox --keys`)
    const profile = JSON.parse(readFileSync(profileAt('default'), 'utf8'))
    expect(profile.base_url).toBe('http://127.0.0.1:8090')
    expect(readFileSync(profile.private_key_file, 'utf8')).toContain('PRIVATE KEY')
  })

  const C = '\u0003'
  const MERCHANT: [string, string] = ['oid_partner', OID]
  const PRIVATE: [string, string] = ['private key', 'FOLDER/merchant.pem']

  test.each<[string, [string, string][]]>([
    ['the merchant number', [['oid_partner', C]]],
    ['the private key', [MERCHANT, ['private key', C]]],
    ['a new key pair', [MERCHANT, ['private key', 'FOLDER/unwanted.pem'], ['[y/N]', C]]],
    ['the public key', [MERCHANT, PRIVATE, ['public key', C]]],
    ['the base URL', [MERCHANT, PRIVATE, ['public key', 'FOLDER/gateway.pem'], ['Base URL', C]]],
    [
      'the folder of a sandbox',
      [
        ['oid_partner', 'sandbox'],
        ['Folder', C],
      ],
    ],
  ])('Ctrl-C at %s leaves nothing, and says so', async (_, answers) => {
    const placed = answers.map(([question, answer]): [string, string] => [
      question,
      answer.replace('FOLDER', folder),
    ])
    const run = await runInTerminal(['init'], environment, placed)
    expect(existsSync(at('unwanted.pem'))).toBe(false)
    expect(run.status).toBe(130)
    expect(run.output).toContain('No profile was written.')
    expect(existsSync(profileAt('default'))).toBe(false)
  })

  test('refuses a name that is taken before it asks', async () => {
    await init()
    const run = await runInTerminal(['init'], environment, [])
    expect(run.status).toBe(2)
    expect(run.output).not.toContain('oid_partner')
  })
})

describe('which configuration a call takes', () => {
  beforeEach(async () => {
    await init('--base-url', 'http://127.0.0.1:9/default')
    await init('--profile', 'other', '--base-url', 'http://127.0.0.1:9/other')
    await init('--profile', 'live')
  })

  test.each<[string, string[], Record<string, string>, string]>([
    ['the default profile', [], {}, '/default/'],
    ['a profile by its flag', ['--profile', 'other'], {}, '/other/'],
    ['a profile by its variable', [], { LLPAY_PROFILE: 'other' }, '/other/'],
    [
      'the flag before the variable',
      ['--profile', 'other'],
      { LLPAY_PROFILE: 'default' },
      '/other/',
    ],
    [
      'a variable before the default profile',
      [],
      { LLPAY_BASE_URL: 'http://127.0.0.1:9/env' },
      '/env/',
    ],
    [
      'a named profile before a variable',
      ['--profile', 'other'],
      { LLPAY_BASE_URL: 'http://127.0.0.1:9/env' },
      '/other/',
    ],
    [
      'a flag before a profile',
      ['--profile', 'other', '--base-url', 'http://127.0.0.1:9/flag'],
      {},
      '/flag/',
    ],
    ['a live profile', ['--profile', 'live'], {}, 'https://traderapi.lianlianpay.com/'],
  ])('%s', async (_, args, env, part) => {
    const { status, url } = await dryRun(args, env)
    expect(status).toBe(0)
    expect(url).toContain(part)
  })

  test.each<[string, string[], Record<string, string>, string]>([
    [
      'a live profile elsewhere',
      ['--profile', 'live', '--base-url', 'http://127.0.0.1:9'],
      {},
      'ERR_CONFIG_CONFLICT',
    ],
    [
      'a live profile elsewhere by a variable',
      [],
      { LLPAY_PROFILE: 'live', LLPAY_BASE_URL: 'http://127.0.0.1:9' },
      'ERR_CONFIG_CONFLICT',
    ],
    [
      'a test profile at LianLian',
      ['--base-url', 'https://traderapi.lianlianpay.com'],
      {},
      'ERR_CONFIG_CONFLICT',
    ],
    ['a profile that is not there', ['--profile', 'nobody'], {}, 'ERR_CONFIG_MISSING'],
  ])('refuses %s', async (_, args, env, code) => {
    const { status, error } = await dryRun(args, env)
    expect(status).toBe(2)
    expect(error.code).toBe(code)
  })

  test('says that a profile is damaged, and how to fix it', async () => {
    writeFileSync(profileAt('other'), '{"oid_partner":')
    const { status, error } = await dryRun(['--profile', 'other'])
    expect(status).toBe(2)
    expect(error.hint).toContain('llpay init --profile other --force')
  })
})

/** A private key as a careless editor leaves it. */
const openToOthers = () => {
  writeFileSync(at("it's open.pem"), merchant.pkcs8Pem)
  chmodSync(at("it's open.pem"), 0o644)
  return at("it's open.pem")
}

describe('a private key that others can read', () => {
  test('is refused with the command that fixes it', async () => {
    const file = openToOthers()
    const { status, error } = await dryRun([...VALUES().slice(0, 2), '--private-key', file])
    expect(status).toBe(2)
    expect(error.code).toBe('ERR_CONFIG_INSECURE')
    const command = /Close it: (chmod 600 .*?\.pem')\./.exec(error.hint)?.[1] ?? ''
    execFileSync('sh', ['-c', command])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await dryRun([...VALUES().slice(0, 2), '--private-key', file])).status).toBe(0)
  })

  test('is taken on standard input', async () => {
    const run = await runCli(
      [...DRY, '--oid-partner', OID, '--private-key', '-'],
      environment,
      merchant.pkcs8Pem,
    )
    expect(run.status).toBe(0)
  })
})

const sealed = (members: Record<string, string>, unsigned: object = {}) =>
  JSON.stringify({
    ...unsigned,
    ...withSign({ sign_type: 'RSA', ret_code: '0000', ...members }, gateway.pkcs8Pem),
  })

/** A gateway with one card, and the number of unbind requests that reached it. */
async function startGateway() {
  const seen: string[] = []
  const server = await serve(async (request, response) => {
    await bodyOf(request)
    seen.push(request.url ?? '')
    const isUnbind = request.url?.includes('unbind') === true
    const row = {
      no_agree: '2014031710002121',
      bank_name: '农业\u202e银行',
      card_no: '622848******0018',
    }
    const isGone = seen.some((url) => url.includes('unbind'))
    if (isUnbind) response.end(sealed({}))
    else if (isGone) response.end('{"ret_code":"8901"}')
    else response.end(sealed({ user_id: 'u', count: '1' }, { agreement_list: [row] }))
  })
  await init('--environment', 'live', '--base-url', server.url)
  return { server, sent: () => seen.filter((url) => url.includes('unbind')).length }
}

describe('a live unbind at a terminal', () => {
  test.each([
    ['y', 0, 1],
    ['n', 130, 0],
    ['', 130, 0],
    ['yes', 0, 1],
    ['yno', 130, 0],
  ])('after "%s" ends with %i', async (answer, status, count) => {
    const { server, sent } = await startGateway()
    await using _ = server
    const run = await runInTerminal(['unbind', ...CARD], environment, [['[y/N]', answer]])
    expect(run.status).toBe(status)
    expect(sent()).toBe(count)
    expect(run.output).toMatch(/merchant +201304121000001004 \(profile default\)/)
    expect(run.output).toMatch(/card +农业.*银行, ending in 0018/)
    expect(run.output).not.toContain('622848')
    expect(run.output).not.toContain('\u202e')
  })

  test.each([
    ['y\r', '', 130, 0],
    ['y\ry\ryes\r', '', 130, 0],
    ['y', '', 130, 0],
    ['n\r', 'y', 0, 1],
  ])(
    'what was typed before the question, %j, does not count as input',
    async (ahead, answer, status, count) => {
      const { server, sent } = await startGateway()
      await using _ = server
      const run = await runInTerminal(['unbind', ...CARD], environment, [['[y/N]', answer]], {
        typedAhead: ahead,
      })
      expect(run.status).toBe(status)
      expect(sent()).toBe(count)
    },
  )

  test.each([
    ['1', 0, 1],
    ['y', 130, 0],
    ['', 130, 0],
    ['2', 130, 0],
  ])(
    'of a file of cards goes on after their number alone, not after "%s"',
    async (typed, status, count) => {
      const { server, sent } = await startGateway()
      await using _ = server
      const file = join(folder, 'cards.csv')
      writeFileSync(file, `user_id,no_agree,pay_type\n${'u,2014031710002121,D\n'.repeat(2)}`)
      const args = ['card', 'unbind-many', file, '--rate', '60/m']
      const run = await runInTerminal(args, environment, [['to unbind them:', typed]])
      expect(run.status).toBe(status)
      expect(sent()).toBe(count)
      expect(run.output).toMatch(/merchant +201304121000001004 \(profile default\)/)
      expect(run.output).toMatch(/gateway +127\.0\.0\.1:\d+ \(live\)/)
      expect(run.output).toMatch(/cards +1 in .*cards\.csv/)
      expect(run.output).toMatch(/products +D \(1\)/)
      expect(run.output).toMatch(/rate +60\/m/)
      expect(run.output).toMatch(/takes +1 s at this rate, 3 requests/)
    },
  )

  test('--yes asks nothing', async () => {
    const { server, sent } = await startGateway()
    await using _ = server
    const run = await runInTerminal(['unbind', ...CARD, '--yes'], environment, [])
    expect(run.status).toBe(0)
    expect(sent()).toBe(1)
    expect(run.output).not.toContain('[y/N]')
  })

  test('nothing is asked where nobody is there', async () => {
    const { server, sent } = await startGateway()
    await using _ = server
    expect((await runCli(['unbind', ...CARD], environment)).status).toBe(0)
    expect(sent()).toBe(1)
  })

  test('a test profile asks nothing', async () => {
    const { server } = await startGateway()
    await using _ = server
    await init('--base-url', server.url, '--force')
    const run = await runInTerminal(['unbind', ...CARD], environment, [])
    expect(run.status).toBe(0)
    expect(run.output).not.toContain('[y/N]')
  })
})
