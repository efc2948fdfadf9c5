import ts from 'typescript-js'

/**
 * Finds places of one kind within a scope. Words are tokens as they stand in the source: an identifier, a
 * private name, a keyword, or a string with its quotes. A place has all of them, wherever it has them.
 */
export type Place = (scope: ts.Node) => readonly ts.Node[]

function descendants(node: ts.Node): ts.Node[] {
  const found = [node]
  ts.forEachChild(node, (child) => void found.push(...descendants(child)))
  return found
}

function tokensOf(node: ts.Node): string[] {
  const children = node.getChildren()
  return children.length === 0 ? [node.getText()] : children.flatMap(tokensOf)
}

function hasWords(node: ts.Node, words: readonly string[]): boolean {
  const tokens = new Set(tokensOf(node))
  return words.every((word) => tokens.has(word))
}

/** The smallest places that have the words: what encloses one of them is not meant. */
function smallest(nodes: readonly ts.Node[], words: readonly string[]): ts.Node[] {
  const fitting = nodes.filter((node) => hasWords(node, words))
  return fitting.filter(
    (node) =>
      !fitting.some((other) => other !== node && node.pos <= other.pos && other.end <= node.end),
  )
}

const OPTIONAL = [
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]

const isChained = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node.parent) && OPTIONAL.includes(node.parent.operatorToken.kind)

/** What an expression is called for: `Math.min` for `Math.min(a, b)`. */
const calleeOf = (node: ts.Node): string | undefined =>
  ts.isCallExpression(node) ? tokensOf(node.expression).at(-1) : undefined

const branchesOf = (scope: ts.Node): ts.ConditionalExpression[] =>
  descendants(scope).filter(ts.isConditionalExpression)

const withCondition = (scope: ts.Node, words: readonly string[]): ts.ConditionalExpression[] =>
  branchesOf(scope).filter(({ condition: each }) => hasWords(each, words))

/** The statement with these words. */
export const statement =
  (...words: readonly string[]): Place =>
  (scope) =>
    smallest(
      descendants(scope).filter((node) => ts.isStatement(node) && !ts.isBlock(node)),
      words,
    )

/** The condition, of `if` or `?:`, with these words. */
export const condition =
  (...words: readonly string[]): Place =>
  (scope) =>
    smallest(
      descendants(scope).flatMap((node) => {
        if (ts.isIfStatement(node)) return [node.expression]
        return ts.isConditionalExpression(node) ? [node.condition] : []
      }),
      words,
    )

/** The condition of the `if` around what has these words. */
export const deciding =
  (...words: readonly string[]): Place =>
  (scope) =>
    smallest(descendants(scope).filter(ts.isIfStatement), words).flatMap((node) =>
      ts.isIfStatement(node) ? [node.expression] : [],
    )

/** The operand of `&&`, `||` or `??` with these words. */
export const operand =
  (...words: readonly string[]): Place =>
  (scope) =>
    smallest(
      descendants(scope).filter((node) => node.parent !== undefined && isChained(node)),
      words,
    )

/** The `?:` whose condition has these words. */
export const conditional =
  (...words: readonly string[]): Place =>
  (scope) =>
    withCondition(scope, words)

/** What such a `?:` is where its condition holds. */
export const whenTrue =
  (...words: readonly string[]): Place =>
  (scope) =>
    withCondition(scope, words).map((node) => node.whenTrue)

/** What such a `?:` is where its condition does not hold. */
export const whenFalse =
  (...words: readonly string[]): Place =>
  (scope) =>
    withCondition(scope, words).map((node) => node.whenFalse)

/** The member of an object literal with this name; or the one that spreads something with this word. */
export const member =
  (name: string): Place =>
  (scope) =>
    descendants(scope).filter((node) => {
      if (ts.isSpreadAssignment(node)) return hasWords(node.expression, [name])
      return (
        ts.isObjectLiteralElementLike(node) &&
        ts.isObjectLiteralExpression(node.parent) &&
        node.name?.getText() === name
      )
    })

/** What a constant, a variable or a member is set to. */
export const value =
  (name: string): Place =>
  (scope) =>
    descendants(scope).flatMap((node) => {
      if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) {
        return node.name.getText() === name && node.initializer !== undefined
          ? [node.initializer]
          : []
      }
      const isAssignment =
        ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
      return isAssignment && tokensOf(node.left).at(-1) === name ? [node.right] : []
    })

/** The element of an array literal that has this word. */
export const element =
  (word: string): Place =>
  (scope) =>
    descendants(scope)
      .filter(ts.isArrayLiteralExpression)
      .flatMap(({ elements }) => elements.filter((each) => hasWords(each, [word])))

/** The call of what has this name. */
export const call =
  (name: string): Place =>
  (scope) =>
    descendants(scope).filter((node) => calleeOf(node) === name)

/** An argument of such a call. */
export const argument =
  (name: string, index = 0): Place =>
  (scope) =>
    descendants(scope)
      .filter(ts.isCallExpression)
      .flatMap((node) => (calleeOf(node) === name ? node.arguments.slice(index, index + 1) : []))

/** The `await` of an expression with these words. */
export const awaiting =
  (...words: readonly string[]): Place =>
  (scope) =>
    smallest(descendants(scope).filter(ts.isAwaitExpression), words)

/** What is returned by the `return` with these words. */
export const returned =
  (...words: readonly string[]): Place =>
  (scope) =>
    smallest(
      descendants(scope)
        .filter(ts.isReturnStatement)
        .flatMap(({ expression }) => expression ?? []),
      words,
    )

/** What is done with an error that is caught. */
export const handler = (): Place => (scope) =>
  descendants(scope)
    .filter(ts.isCatchClause)
    .map(({ block }) => block)

/** A single token. */
export const token =
  (word: string): Place =>
  (scope) =>
    descendants(scope).filter((node) => node.getChildCount() === 0 && node.getText() === word)

/** The declarations of a path of names, such as `Settlement.run`, or `NAMES.payout` for a member. */
export function declarations(source: ts.SourceFile, path: string): ts.Node[] {
  let scopes: ts.Node[] = [source]
  for (const name of path.split('.')) {
    scopes = scopes.flatMap((scope) =>
      descendants(scope).filter((node) => node !== scope && isNamed(node, name)),
    )
  }
  return [...new Set(scopes)]
}

const isNamed = (node: ts.Node, name: string): boolean =>
  (ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isPropertyAssignment(node)) &&
  node.name?.getText() === name
