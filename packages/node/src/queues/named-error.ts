/** Makes an error that its receiver knows by name: the class is in a package that we do not import. */
export function namedError(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}
