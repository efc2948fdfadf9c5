import ts from 'typescript-js'

import { condition, conditional, call, declarations, type Place } from './places.ts'

/** Text that takes the place of what stands between two offsets. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A change of exactly one place of a scope. */
export interface Change {
  readonly place: Place
  readonly edit: (node: ts.Node) => Edit
}

const over = (node: ts.Node, text: string): Edit => ({
  start: node.getStart(),
  end: node.end,
  text,
})

/** What an operand is that no longer matters. */
const NEUTRAL: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.AmpersandAmpersandToken, 'true'],
  [ts.SyntaxKind.BarBarToken, 'false'],
  [ts.SyntaxKind.QuestionQuestionToken, 'undefined'],
])

/** Removes one of several, with the comma behind it or, for the last one, before it. */
function withoutListed(node: ts.Node): Edit {
  const text = node.getSourceFile().text
  const behind = /^\s*,/.exec(text.slice(node.end))
  if (behind !== null) return { start: node.getStart(), end: node.end + behind[0].length, text: '' }
  const before = /,\s*$/.exec(text.slice(0, node.getStart()))
  return { start: node.getStart() - (before?.[0].length ?? 0), end: node.end, text: '' }
}

function withoutNode(node: ts.Node): Edit {
  if (ts.isStatement(node)) return over(node, ';')
  const { parent } = node
  if (!ts.isBinaryExpression(parent)) return withoutListed(node)
  return over(node, NEUTRAL.get(parent.operatorToken.kind) ?? '')
}

/** Removes a statement, an operand, or one of several members, elements or arguments. */
export const remove = (place: Place): Change => ({ place, edit: withoutNode })

/** Puts code in a place. */
export const replace = (place: Place, code: string): Change => ({
  place,
  edit: (node) => over(node, code),
})

/** Lets a condition hold only if something else holds as well. */
export const narrow = (place: Place, code: string): Change => ({
  place,
  edit: (node) => over(node, `(${node.getText()}) && (${code})`),
})

/** Lets a condition hold if something else holds, too. */
export const widen = (place: Place, code: string): Change => ({
  place,
  edit: (node) => over(node, `(${node.getText()}) || (${code})`),
})

/** No longer does what depends on the condition with these words. */
export const never = (...words: readonly string[]): Change => replace(condition(...words), 'false')

/** Does what depends on the condition with these words, whatever it says. */
export const always = (...words: readonly string[]): Change => replace(condition(...words), 'true')

/** Takes one branch of the `?:` whose condition has these words. */
export const choose = (branch: 'whenTrue' | 'whenFalse', ...words: readonly string[]): Change => ({
  place: conditional(...words),
  edit: (node) => over(node, ts.isConditionalExpression(node) ? node[branch].getText() : ''),
})

/** Puts the first argument of a call in its place. */
export const unwrap = (name: string): Change => ({
  place: call(name),
  edit: (node) => over(node, ts.isCallExpression(node) ? (node.arguments[0]?.getText() ?? '') : ''),
})

/** Does not wait for a promise. */
export const forget = (place: Place): Change => ({
  place,
  edit: (node) => over(node, ts.isAwaitExpression(node) ? `void ${node.expression.getText()}` : ''),
})

function only(nodes: readonly ts.Node[], what: string): ts.Node {
  const [node, ...more] = nodes
  if (node !== undefined && more.length === 0) return node
  const shown = nodes.map((each) => `\n  ${each.getText().split('\n')[0]}`)
  throw new Error(`${what} must be in one place, not ${nodes.length}.${shown.join('')}`)
}

/**
 * Changes a source within one of its declarations.
 *
 * @throws if the declaration, or a place in it, is not there exactly once: the source was rewritten, and
 *   the mutation must follow.
 */
export function changeSource(text: string, path: string, changes: readonly Change[]): string {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true)
  const scope = only(declarations(source, path), path)
  const edits = changes.map(({ place, edit }) =>
    edit(only(place(scope), `What changes in ${path}`)),
  )
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (changed, { start, end, text: code }) => changed.slice(0, start) + code + changed.slice(end),
      text,
    )
}
