import { serveCommand } from '#cli/serve.ts'
import { expect } from './tidemark.ts'

/** The product's own command with a recorder in it, in this process; `stop` ends it. */
export async function serveRecording(args: readonly string[]) {
  const lines: string[] = []
  const stop = new AbortController()
  const say = (line: string) => void lines.push(line)
  const served = serveCommand.run(['--port', '0', ...args], { out: say, err: say }, stop.signal)
  const address = () => /^Tidemark is at (\S+)$/m.exec(lines.join('\n'))?.[1]
  await expect.poll(address).toBeTruthy()
  const url = address()!
  await expect.poll(async () => (await fetch(`${url}readyz`)).status).toBe(200)
  return {
    url,
    lines,
    async stop() {
      stop.abort()
      await served
    },
  }
}
