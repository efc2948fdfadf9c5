import type { Env } from './env.ts'
import { isAuthorized } from './is-authorized.ts'
import { unbindCard } from './unbind-card.ts'

const plain = (status: number) => new Response(null, { status })

const worker = {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (new URL(request.url).pathname !== '/cards/unbind') return plain(404)
    if (request.method !== 'POST') return plain(405)
    if (!(await isAuthorized(request, env.API_TOKEN))) return plain(401)
    return unbindCard(request, env)
  },
}

// oxlint-disable-next-line import/no-default-export -- Workers look for one
export default worker
