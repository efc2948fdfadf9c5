import type { Api } from '../../api/define-api.ts'
import { list } from '../../apis/card/list.ts'
import type { PreparedRequest } from '../prepare-request.ts'
import type { ChangeResult } from '../reply.ts'
import type { Session } from '../session.ts'
import { Settlement } from './settle-change.ts'
import type { SettleMode } from './settle-mode.ts'

/** The endpoints that can tell whether a change happened. */
const QUERIES: Readonly<Record<NonNullable<Api['settledBy']>, Api>> = { 'card.list': list }

/** Carries a change out, and asks the endpoint that its definition names what became of it. */
export function callSettled(
  request: PreparedRequest,
  settledBy: NonNullable<Api['settledBy']>,
  session: Session,
  mode: Exclude<SettleMode, 'never'>,
): Promise<ChangeResult<string, object>> {
  return new Settlement(request, QUERIES[settledBy], session, mode).run()
}
