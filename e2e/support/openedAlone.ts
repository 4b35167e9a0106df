import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Browser, TestInfo } from '@playwright/test'

/** Opens a bundle as whoever receives it: from a file, in a fresh profile, with the network off. */
export async function openedAlone(
  browser: Browser,
  info: TestInfo,
  html: string,
  isScripted = true,
) {
  const path = info.outputPath('incident.html')
  writeFileSync(path, html)
  const context = await browser.newContext({ javaScriptEnabled: isScripted })
  await context.setOffline(true)
  const address = pathToFileURL(path).href
  const asked: string[] = []
  const faults: string[] = []
  const page = await context.newPage()
  page.on('request', (request) => {
    if (request.url() !== address) asked.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(address)
  return { page, status: page.getByRole('status'), asked, faults, close: () => context.close() }
}
