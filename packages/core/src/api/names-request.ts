import type { Api } from './define-api.ts'

/**
 * Tells whether a success reply shows which request it belongs to: each parameter comes back in it, as a
 * signed member that it must have. Of the catalogue's endpoints none does; a list repeats `user_id`, but
 * not the `pay_type` that it lists.
 */
export function namesRequest({ params, reply, unsignedFields }: Api): boolean {
  const echoes = new Set(
    Object.entries(reply).flatMap(([name, { optional }]) =>
      optional === true || unsignedFields.includes(name) ? [] : [name],
    ),
  )
  const names = Object.keys(params)
  return names.length > 0 && names.every((name) => echoes.has(name))
}
