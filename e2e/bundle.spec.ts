import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { writeBundle } from '#sources/exports/bundle/writeBundle.ts'
import { someIncident } from '#testing/someIncident.ts'
import { openedAlone } from './support/openedAlone.ts'
import { picture } from './support/picture.ts'

const incident = someIncident({
  title: 'Load test, run 7 </script><img src=https://example.com/x>',
})
const report = incidentEvidence(incident)

/** A bundle with the code that the app itself would put into it. */
async function written(page: Page) {
  const viewer = await page.request.get('/bundle-viewer.js')
  expect(viewer.ok()).toBe(true)
  expect(viewer.headers()['content-type']).toContain('text/javascript')
  return writeBundle(incident, report, await viewer.text())
}

test('a bundle opens from a file with the network off, and works its verdict out again', async ({
  page,
  browser,
}, info) => {
  const { html, fingerprint, bytes } = await written(page)
  expect(bytes).toBeLessThan(10_000_000)
  const alone = await openedAlone(browser, info, html)

  await expect(alone.status).toContainText('intact, the verdict recomputed here is the same')
  await expect(alone.status).toContainText(fingerprint.slice(0, 4))
  await expect(alone.page.locator('body')).toContainText('Capacity-bound')
  await expect(alone.page.locator('body')).toContainText('Load test, run 7 </script><img')
  await expect(alone.page).toHaveTitle(/^Load test, run 7 <\/script>/)
  await picture(alone.page, 'bundle')
  const saving = alone.page.waitForEvent('download')
  await alone.page.keyboard.press('Tab')
  await alone.page.keyboard.press('Enter')
  const saved = readFileSync(await (await saving).path(), 'utf8')
  expect(saved).toMatch(/^metric,title,time_utc,epoch_ms,value,limit\r?\nconnections\.open,/)
  expect(alone.asked).toEqual([])
  expect(alone.faults).toEqual([])
  await alone.close()
})

test('a bundle shows that one digit of one sample was changed', async ({ page, browser }, info) => {
  const { html } = await written(page)
  const changed = html.replace(
    /(id="tidemark-series-1"[^]*?\n\[10000,\d+)(\d)\]/,
    (_, before, digit) => {
      return `${before}${(Number(digit) + 1) % 10}]`
    },
  )
  expect(changed).not.toBe(html)
  const alone = await openedAlone(browser, info, changed)

  await expect(alone.status).toContainText(
    'Changed after it was written: series WebSocket connections. What is in it still gives the verdict',
  )
  await picture(alone.page, 'bundle-changed')
  await alone.close()
})

test('what somebody wrote into the page of a bundle is not shown', async ({
  page,
  browser,
}, info) => {
  const { html } = await written(page)
  const lie = html
    .replace('<main id="tidemark-page">', '$&<h1>Nothing happened</h1>')
    .replace('</head>', '<style>#tidemark-check { display: none }</style></head>')
    .replace('</body>', '<script>document.title = "taken"</script><p>Ask somebody else</p></body>')
  const alone = await openedAlone(browser, info, lie)

  await expect(alone.status).toContainText('intact')
  await expect(alone.status).toBeVisible()
  await expect(alone.page.getByText('Nothing happened')).toHaveCount(0)
  await expect(alone.page.getByText('Ask somebody else')).toHaveCount(0)
  await expect(alone.page).not.toHaveTitle('taken')
  expect(alone.asked).toEqual([])
  await alone.close()
})

test('a bundle that was damaged says so, and one without scripts can still be read', async ({
  page,
  browser,
}, info) => {
  const { html } = await written(page)
  const broken = html.replace(/(id="tidemark-notes">)[^<]*/, '$1[oops')
  const alone = await openedAlone(browser, info, broken)
  await expect(alone.status).toContainText('It cannot be checked. This bundle: its part "notes"')
  await alone.close()

  const silent = await openedAlone(browser, info, html, false)
  await expect(silent.status).toContainText('Not checked')
  await expect(silent.page.locator('body')).toContainText('Capacity-bound')
  expect(silent.asked).toEqual([])
  await silent.close()
})
