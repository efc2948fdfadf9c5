/** The folders of core, and the files at its root that are like one, with those that each may import. */
export const CORE_ARROWS: Readonly<Record<string, readonly string[]>> = {
  encoding: [],
  text: [],
  errors: [],
  json: ['errors', 'encoding'],
  keys: ['errors', 'encoding', 'text'],
  signing: ['errors', 'encoding', 'json', 'keys'],
  api: ['errors', 'encoding', 'json'],
  apis: ['errors', 'encoding', 'api', 'text'],
  'return-codes': ['errors', 'text'],
  transport: ['errors'],
  bulk: ['errors', 'encoding', 'text', 'api', 'apis', 'client'],
  notifications: ['errors', 'encoding', 'text', 'json', 'signing', 'api', 'client'],
  diagnose: ['errors', 'encoding', 'text', 'json', 'keys', 'signing', 'api', 'apis'],
  client: [
    'errors',
    'encoding',
    'text',
    'json',
    'keys',
    'signing',
    'api',
    'return-codes',
    'transport',
  ],
}

/** Single files that may import what their folder may not, and why the house has them. */
export const CORE_EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // A client has a method per endpoint.
  'client/create-client.ts': ['apis'],
  // Both query the list of bound cards.
  'client/list-cards.ts': ['apis'],
  'client/settle/settle.ts': ['apis'],
  // Calls that are made of several requests to these endpoints.
  'client/list-every-product.ts': ['apis'],
  'client/settle/unbind-everywhere.ts': ['apis'],
}

/** The packages with those that each may import. */
export const PACKAGE_ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  node: ['core'],
  edge: ['core'],
  sandbox: ['core'],
  cli: ['core', 'node', 'sandbox'],
}

/** The packages that run where there is no Node. */
export const WITHOUT_NODE: readonly string[] = ['core', 'edge', 'sandbox']

/** The folders behind a subpath for Node alone, with the packages that each may import. */
export const NODE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'packages/sandbox/src/node/': ['core', 'node'],
}

/** Files that may import a barrel: the catalogue names each group once. */
export const BARREL_USERS: readonly string[] = ['packages/core/src/apis/catalogue.ts']

/** Sources over the limit, being tables. */
export const LONG_FILES: readonly string[] = ['packages/core/src/return-codes/texts.ts']
