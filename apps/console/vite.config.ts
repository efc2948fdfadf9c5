import { defineConfig } from 'vite'

import { writeNotice } from './write-notice.ts'

export default defineConfig({
  // The page is served at the root of the sandbox's own port.
  base: '/',
  plugins: [writeNotice()],
  resolve: { conditions: ['@llpay/source', 'module', 'browser', 'development|production'] },
  // `vite dev` shows the page over a sandbox on its default port.
  server: { proxy: { '/_sandbox': 'http://127.0.0.1:8090' } },
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    // A data: URL in the style sheet would need an exception in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
})
