import { render } from 'preact'

import { App } from './app.tsx'
import { startKeyboard } from './state/keyboard.ts'
import { startPreferences } from './state/preferences.ts'
import { startSandboxState } from './state/sandbox-state.ts'

startPreferences()
startKeyboard()
const root = document.querySelector('#app')
if (root !== null) render(<App />, root)
startSandboxState()
