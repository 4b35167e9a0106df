import { appendFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'

const HEADER =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,allThreads\n'

/** What JMeter writes of a sample that is just over; 503 where it was refused. */
function lineNow(threads: number, isRefused: boolean): string {
  const code = isRefused ? 503 : 200
  return `${Date.now()},0,GET /stations,${code},x,load 1-1,${!isRefused},${threads}\n`
}

/** A results file on disk that a test writes as JMeter would, while a page follows it. */
export function growingJtl(path: string) {
  return {
    /** Begins the file anew: a header, and so many samples. */
    begin: (samples = 0) =>
      writeFileSync(
        path,
        HEADER + Array.from({ length: samples }, () => lineNow(7, false)).join(''),
      ),
    /**
     * Writes forty samples a second for some seconds, each second with a number of threads of its own; every
     * fifth is refused. Gives how many, and by number of threads when the last of its second was written.
     */
    async run(seconds: number) {
      const writtenAt = new Map<number, number>()
      const until = Date.now() + seconds * 1000
      let samples = 0
      while (Date.now() < until) {
        const threads = 100 + (Math.floor(Date.now() / 1000) % 100)
        appendFileSync(path, lineNow(threads, samples % 5 === 0))
        writtenAt.set(threads, Date.now())
        samples += 1
        await pause(25)
      }
      return { samples, writtenAt }
    },
  }
}

/** Drops a file of this machine on a page, as a hand would: the page gets a handle of it. */
export async function dropFile(page: Page, path: string) {
  // The address is there before the screen is: a file dropped in between falls through.
  await page.getByRole('toolbar', { name: 'Window and run' }).waitFor()
  const browser = await page.context().newCDPSession(page)
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await browser.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data })
  }
  await browser.detach()
}

/** Notes when a number first stands on the page behind these words. Gives a way to read what was noted. */
export async function noteNumbers(page: Page, words: string) {
  await page.evaluate((before) => {
    const seen: Record<number, number> = {}
    Object.assign(window, { seen })
    const look = () => {
      const [, number] = new RegExp(`${before}(\\d+)`).exec(document.body.textContent ?? '') ?? []
      if (number) seen[Number(number)] ??= Date.now()
    }
    const changes = { subtree: true, childList: true, characterData: true }
    new MutationObserver(look).observe(document.body, changes)
  }, words)
  return async () =>
    page.evaluate(() => (window as unknown as { seen: Record<number, number> }).seen)
}
