import {
  brokenRules,
  type Received,
  type ReplySchema,
  type RowsField,
  type TextField,
} from './schema.ts'

function fits(field: TextField | RowsField, value: unknown): boolean {
  if (value === undefined) return field.optional === true
  const { rows } = field
  if (rows === undefined) return brokenRules(field, value).length === 0
  return Array.isArray(value) && value.every((row) => hasFields(rows, row))
}

/** Tells whether something has the members that a schema names. */
export function hasFields<S extends ReplySchema>(schema: S, value: unknown): value is Received<S> {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(schema).every(([name, field]) => fits(field, Reflect.get(value, name)))
}
