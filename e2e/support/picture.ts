import type { Page } from '@playwright/test'

const folder = process.env['PICTURES']

/** Takes a picture for the README where `PICTURES` names a folder; otherwise does nothing. */
export async function picture(page: Page, name: string): Promise<void> {
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}
