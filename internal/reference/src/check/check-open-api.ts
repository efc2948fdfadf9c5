import { Validator } from '@seriousme/openapi-schema-validator'

/** Validates a document against the schema of OpenAPI. */
export async function checkOpenApi(document: unknown): Promise<string[]> {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(Object(document)))
  if (!valid) return [JSON.stringify(errors)]
  return validator.version === '3.1' ? [] : [`it is version ${validator.version}`]
}
