const digest = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** Whether a request carries the token. Digests are compared, so that timing reveals nothing. */
export async function isAuthorized(request: Request, token: string): Promise<boolean> {
  const [given, expected] = await Promise.all([
    digest(request.headers.get('authorization') ?? ''),
    digest(`Bearer ${token}`),
  ])
  return token !== '' && given.every((byte, index) => byte === expected[index])
}
