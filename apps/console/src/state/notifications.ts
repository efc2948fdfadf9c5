import { signal } from '@preact/signals'

import { controlApi } from '../wire/control-api.ts'
import type { NotificationRequest } from '../wire/records.ts'
import { attempt } from './attempt.ts'
import { openDialog } from './dialog.ts'

/** The notification whose deliveries are shown. */
export const shownNotification = signal<number | undefined>(undefined)

/** Shows the deliveries of a notification. */
export function showNotification(id: number): void {
  shownNotification.value = id
  openDialog('notification')
}

/** Sends a notification, and shows what came of it. */
export async function sendNotification(request: NotificationRequest): Promise<void> {
  const { notification } = await controlApi.notify(request)
  showNotification(notification.id)
}

/** Delivers a notification again, at once; returns whether the sandbox did so. */
export const resendNotification = (id: number): Promise<boolean> =>
  attempt(() => controlApi.resend(id))
