import { spawn } from 'node:child_process'

/** The program that opens a page in the browser, by platform. */
const OPENERS: Readonly<Record<string, readonly [file: string, ...args: string[]]>> = {
  darwin: ['open'],
  linux: ['xdg-open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Linux without a display has no browser to open; a text browser would take over the terminal. */
const hasDisplay = (platform: string, env: Readonly<Record<string, string | undefined>>): boolean =>
  platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])

/** Where a page is opened; a test names another place. */
export interface OpenPlace {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Opens a page in the browser; returns whether an opener was started. */
export async function openPage(url: string, { platform, env }: OpenPlace): Promise<boolean> {
  const opener = OPENERS[platform]
  if (opener === undefined || !hasDisplay(platform, env)) return false
  const [file, ...args] = opener
  const child = spawn(file, [...args, url], { detached: true, stdio: 'ignore', env: { ...env } })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
