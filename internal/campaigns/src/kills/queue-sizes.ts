/** How large a campaign over a queue is. */
export const QUEUE_SIZES = {
  full: { count: 5_000, kills: 20 },
  short: { count: 200, kills: 3 },
} as const
