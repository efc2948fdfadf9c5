/** The older way: outside this machine and https, a page has no other access to the clipboard. */
function copySelected(text: string): boolean {
  const before = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'hidden'
  // An open dialog makes everything beside it inert.
  const place = document.querySelector('dialog[open]') ?? document.body
  place.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (before instanceof HTMLElement) before.focus()
  return isCopied
}

/** Copies a text; rejects where the browser does not allow it. */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text)
    return
  }
  if (!copySelected(text)) throw new Error('the browser does not allow copying')
}
