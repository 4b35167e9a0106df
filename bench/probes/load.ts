/**
 * Ten thousand pages with the connection probe, as far as a server can tell: each posts a report every ten seconds over a connection that is kept, and opened anew
 * where the server closed it. Plain sockets, since a client that costs as much as the server would measure itself. Forked, and steered by messages.
 */
import { createConnection, type Socket } from 'node:net'
import { quantileOf } from './quantileOf.ts'
import { somePage, someProbeReport } from '#testing/someProbeReport.ts'

/** What the load generator is to do. */
export type LoadRequest = {
  url: string
  app: string
  clients: number
  everyMs: number
  /** Before that nothing is counted: clients arrive spread over the first interval. */
  warmUpMs: number
  lengthMs: number
  /** Whether all share so many connections, as behind a proxy; null: each has its own, as browsers do. */
  shared: number | null
}

/** What became of the reports that were due after the warm-up. */
export type LoadFound = {
  sent: number
  taken: number
  /** Answers other than 204, by status. */
  refused: Readonly<Record<string, number>>
  /** Reports without an answer: the connection broke, or nothing came in time. */
  lost: number
  /** Connections that were opened. */
  connects: number
  /** From when a report was due to its answer: a generator that is late counts, too. */
  p50Ms: number
  p99Ms: number
  worstMs: number
}

/** What nobody answered until then is lost. */
const PATIENCE_MS = 5_000
const HEAD_END = '\r\n\r\n'

type Waiting = { dueMs: number; counts: boolean }
/** One connection: answers come in the order of the questions. */
type Line = { socket: Socket; waiting: Waiting[]; received: string }

process.once('message', (request: LoadRequest) => {
  void run(request).then((found) => process.send!(found))
})
process.once('disconnect', () => process.exit())

async function run(request: LoadRequest): Promise<LoadFound> {
  const { url, clients, everyMs, warmUpMs, lengthMs, shared } = request
  const { hostname, port } = new URL(url)
  const lines: (Line | null)[] = Array.from({ length: shared ?? clients }, () => null)
  const seqs = new Uint32Array(clients)
  const latencies: number[] = []
  const refused: Record<string, number> = {}
  const found = { sent: 0, taken: 0, lost: 0, connects: 0 }
  const begun = performance.now()

  function opened(index: number): Line {
    const socket = createConnection({ host: hostname, port: Number(port), noDelay: true })
    const line: Line = { socket, waiting: [], received: '' }
    found.connects += 1
    lines[index] = line
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => heard(line, text))
    // What the close says too; without a listener it would end the process.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      found.lost += line.waiting.filter(({ counts }) => counts).length
      line.waiting = []
      if (lines[index] === line) lines[index] = null
    })
    return line
  }

  function heard(line: Line, text: string) {
    line.received += text
    for (;;) {
      const end = line.received.indexOf(HEAD_END)
      if (end === -1) return
      const head = line.received.slice(0, end)
      const bodyLength = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (line.received.length < end + HEAD_END.length + bodyLength) return
      line.received = line.received.slice(end + HEAD_END.length + bodyLength)
      answered(line, head.slice('HTTP/1.1 '.length, 'HTTP/1.1 204'.length))
      if (/connection: close/i.test(head)) line.socket.destroy()
    }
  }

  function answered(line: Line, status: string) {
    const asked = line.waiting.shift()
    if (!asked?.counts) return
    latencies.push(performance.now() - begun - asked.dueMs)
    if (status === '204') found.taken += 1
    else refused[status] = (refused[status] ?? 0) + 1
  }

  function post(client: number, dueMs: number) {
    const index = shared === null ? client : client % shared
    const line = lines[index] ?? opened(index)
    const counts = dueMs >= warmUpMs
    if (counts) found.sent += 1
    seqs[client]! += 1
    const body = reportOf(request.app, client, seqs[client]!)
    line.waiting.push({ dueMs, counts })
    line.socket.write(
      `POST /probe HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: text/plain;charset=UTF-8\r\n` +
        `User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36\r\n` +
        `Origin: https://desk.example\r\nReferer: https://desk.example/\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
  }

  // Client k is due at k/clients of each interval: as even as ten thousand tabs are.
  let next = 0
  await new Promise<void>((done) => {
    const timer = setInterval(() => {
      const now = performance.now() - begun
      for (; (next * everyMs) / clients <= Math.min(now, lengthMs); next++)
        post(next % clients, (next * everyMs) / clients)
      const isOver = now > lengthMs
      const isAnswered = lines.every((line) => !line || line.waiting.length === 0)
      if (!isOver || (!isAnswered && now < lengthMs + PATIENCE_MS)) return
      clearInterval(timer)
      done()
    }, 2)
  })
  for (const line of lines)
    found.lost += (line?.waiting ?? []).filter(({ counts }) => counts).length
  for (const line of lines) line?.socket.destroy()
  const sorted = latencies.toSorted((a, b) => a - b)
  return {
    ...found,
    refused,
    p50Ms: quantileOf(sorted, 0.5),
    p99Ms: quantileOf(sorted, 0.99),
    worstMs: sorted.at(-1) ?? Number.NaN,
  }
}

/** A tab of an app with two pages, one of them with something forgotten: 560 to 800 characters. */
function reportOf(app: string, client: number, seq: number): string {
  const grown = { attempts: seq + 1, opened: seq + 1, closed: seq, websockets: 1 }
  return JSON.stringify(
    someProbeReport(Date.now(), {
      app,
      tab: `tab${String(client).padStart(7, '0')}`,
      doc: `doc${String(client).padStart(7, '0')}`,
      seq,
      pages: [somePage(grown), somePage({ page: `/desk/${client % 3}/inbox`, ...grown })],
    }),
  )
}
