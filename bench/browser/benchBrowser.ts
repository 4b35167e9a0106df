import { type CDPSession, chromium, type Page } from 'playwright'
import { launchOptions } from '../../scripts/launchOptions.ts'
import { openBenchSite } from './benchSite.ts'
import { peakResidentBytes, residentBytes, treeCpuMs } from './processCpu.ts'

/** What a page offers to be measured: functions of `window.bench`, by name. */
declare global {
  interface Window {
    bench: Readonly<Record<string, (arg: never) => unknown>>
  }
}

/** What a stretch of work cost. */
export type Cost = {
  /** Busy time of the page's main thread (CDP `TaskDuration`), ms. */
  mainMs: number
  /** User and system time of all processes of the browser, ms; null off Linux. */
  cpuMs: number | null
}

export type BenchPage = {
  page: Page
  /** Calls a function of `window.bench`. */
  call: <T>(name: string, arg?: unknown) => Promise<T>
  /** Calls one and measures what it cost the browser. */
  measured: <T>(name: string, arg?: unknown) => Promise<Cost & { result: T }>
  /** What the page and the browser have cost so far. */
  cost: () => Promise<Cost>
  /** What the page holds, after garbage was collected. */
  held: () => Promise<Held>
  /** The most memory its renderer process has held so far, bytes; null off Linux. */
  peakBytes: () => Promise<number | null>
  cdp: CDPSession
}

/** What a page holds. `residentBytes` is of its renderer process; null off Linux. */
export type Held = {
  heapBytes: number
  nodes: number
  listeners: number
  performanceEntries: number
  residentBytes: number | null
}

export type BenchBrowser = {
  /** Opens a page of `pages/` in a fresh tab, lets `measure` work with it and closes it. */
  open: <T>(path: string, measure: (bench: BenchPage) => Promise<T>) => Promise<T>
  close: () => Promise<void>
}

export type BrowserOptions = { viewport?: { width: number; height: number }; pixelRatio?: number }

/**
 * What a worker does meanwhile lingers for a look, and freed memory is handed back a little later, of
 * which nothing tells: the least of several looks, the last ones after a wait, is what is held.
 */
const LOOKS_AFTER_MS = [0, 0, 1_000, 1_000]

/**
 * Collects garbage, of workers as well, and tells the browser that memory is short: what was freed is
 * otherwise kept for the next use, and the more of it the faster virtual time runs.
 */
async function giveBack(page: Page, cdp: CDPSession) {
  await cdp.send('HeapProfiler.collectGarbage')
  await Promise.all(page.workers().map((worker) => worker.evaluate('gc()')))
  await cdp.send('Memory.simulatePressureNotification', { level: 'critical' })
}

/** Long frames are noted by the browser itself, up to 200 of them. */
const entriesByScripts = () =>
  performance.getEntries().filter(({ entryType }) => entryType !== 'long-animation-frame').length

function leastOf(looks: readonly Held[]): Held {
  const least = (of: (held: Held) => number) => Math.min(...looks.map(of))
  return {
    heapBytes: least(({ heapBytes }) => heapBytes),
    nodes: least(({ nodes }) => nodes),
    listeners: least(({ listeners }) => listeners),
    performanceEntries: least(({ performanceEntries }) => performanceEntries),
    residentBytes: looks.some(({ residentBytes }) => residentBytes === null)
      ? null
      : least(({ residentBytes }) => residentBytes!),
  }
}

/** Chromium with the bench pages, on loopback. Every page is one process; nothing else is asked of the network. */
export async function openBenchBrowser(options: BrowserOptions = {}): Promise<BenchBrowser> {
  const site = await openBenchSite()
  // So that a worker's garbage can be collected too.
  const args = [...launchOptions.args, '--js-flags=--expose-gc']
  const server = await chromium.launchServer({ ...launchOptions, args, headless: true })
  const browser = await chromium.connect(server.wsEndpoint())
  const rootPid = server.process().pid!
  const system = await browser.newBrowserCDPSession()

  async function rendererBytes(bytesOf: (pid: number) => number | null): Promise<number | null> {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo')
    const sizes = processInfo
      .filter(({ type }) => type === 'renderer')
      .flatMap(({ id }) => bytesOf(id) ?? [])
    // Beside the page there may be a spare renderer, which is small.
    return sizes.length === 0 ? null : Math.max(...sizes)
  }

  return {
    async open(path, measure) {
      const context = await browser.newContext({
        viewport: options.viewport ?? { width: 1440, height: 900 },
        deviceScaleFactor: options.pixelRatio ?? 1,
      })
      const page = await context.newPage()
      const errors: Error[] = []
      page.on('pageerror', (error) => errors.push(error))
      const cdp = await context.newCDPSession(page)
      await cdp.send('Performance.enable')
      const metric = async (name: string) => {
        const { metrics } = await cdp.send('Performance.getMetrics')
        return metrics.find((one) => one.name === name)!.value
      }
      const call = <T>(name: string, arg?: unknown) =>
        page.evaluate(
          ([fn, value]) => window.bench[fn as string]!(value as never) as never,
          [name, arg],
        ) as Promise<T>
      const cost = async () => ({
        mainMs: (await metric('TaskDuration')) * 1000,
        cpuMs: treeCpuMs(rootPid),
      })
      await page.goto(`${site.url}/${path}`)
      await page.waitForFunction(() => window.bench !== undefined)
      const result = await measure({
        page,
        cdp,
        call,
        cost,
        async measured<T>(name: string, arg?: unknown) {
          const before = await cost()
          const value = await call<T>(name, arg)
          const after = await cost()
          return {
            mainMs: after.mainMs - before.mainMs,
            cpuMs:
              after.cpuMs === null || before.cpuMs === null ? null : after.cpuMs - before.cpuMs,
            result: value,
          }
        },
        peakBytes: () => rendererBytes(peakResidentBytes),
        async held() {
          await cdp.send('HeapProfiler.enable')
          const looks: Held[] = []
          for (const waitMs of LOOKS_AFTER_MS) {
            // Not for something to happen, which would be awaited itself: see above.
            await page.waitForTimeout(waitMs)
            await giveBack(page, cdp)
            looks.push({
              heapBytes: await metric('JSHeapUsedSize'),
              nodes: await metric('Nodes'),
              listeners: await metric('JSEventListeners'),
              performanceEntries: await page.evaluate(entriesByScripts),
              residentBytes: await rendererBytes(residentBytes),
            })
          }
          return leastOf(looks)
        },
      })
      await context.close()
      if (errors.length > 0) throw new Error(`${path}: ${errors.map(String).join('; ')}`)
      return result
    },
    async close() {
      await browser.close()
      await server.close()
      await site.close()
    },
  }
}
