import type { Plugin } from 'esbuild'

/** Lets esbuild take our packages from where they were unpacked, never from the workspace. */
export function resolvePacked(folder: string): Plugin {
  return {
    name: 'resolve-packed',
    setup(build) {
      build.onResolve({ filter: /^@llpay\// }, ({ path, kind, resolveDir }) =>
        resolveDir.startsWith(folder)
          ? undefined
          : build.resolve(path, { kind, resolveDir: folder }),
      )
    },
  }
}
