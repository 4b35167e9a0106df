import type { Plugin } from 'vite'

/** Builds one script beside the app under a name without a hash, and serves it while developing. */
export function scriptBesideApp(
  name: string,
  fileName: string,
  built: () => Promise<string>,
): Plugin {
  let served: Promise<string> | null = null
  return {
    name,
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response, next) => {
        served ??= built()
        served.then((code) => {
          response.setHeader('Content-Type', 'text/javascript; charset=utf-8')
          response.end(code)
        }, next)
      })
      server.watcher.on('change', () => {
        served = null
      })
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: await built() })
    },
  }
}
