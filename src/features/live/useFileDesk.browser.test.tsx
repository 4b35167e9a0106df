import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { later } from '#domain/units.ts'
import { forgetFile, keepFile } from '#sources/imports/tail/keptFile.ts'
import { JTL_HEADER } from '#testing/jtlText.ts'
import { opfsFile } from '#testing/opfsFile.ts'
import { ago, button, NOW, plain, renderLive, textOf } from '#testing/renderLive.tsx'
import { wellFacts } from '#testing/wellFacts.ts'

/** What JMeter writes of a sample that began so many seconds ago. */
const sampleOf = (secondsAgo: number, code: number, threads: number) =>
  `${ago(secondsAgo)},50,GET /stations,${code},x,load 1-1,${code === 200},${threads}\n`

/** A worker takes its time to start on a busy machine. */
const PATIENCE = { timeout: 10_000 }

const org = wellFacts({}).organisation.id

/** The Live screen, and a file on disk that the browser's chooser gives. */
async function setup(name: string, content: string) {
  const file = await opfsFile(name)
  await file.append(content)
  vi.stubGlobal('showOpenFilePicker', async () => [file.handle])
  onTestFinished(async () => {
    vi.unstubAllGlobals()
    await forgetFile(org)
    await file.remove()
  })
  const screen = await renderLive()
  const line = page.getByRole('status').filter({ hasText: name })
  const says = (text: RegExp) =>
    expect.poll(() => plain(line.element().textContent), PATIENCE).toMatch(text)
  return { ...screen, file, says }
}

test('a dropped JTL lies on the same axis, and what it held is said', async () => {
  const { views } = await renderLive()
  const header =
    'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,allThreads\n'
  const rows = Array.from(
    { length: 20 },
    (_, i) =>
      `${ago(7_200) + i * 1000},50,GET /stations,${i < 15 ? 200 : 503},x,load 1-${i},${i < 15},${i + 1}`,
  )
  const file = new File([header, rows.join('\n'), '\nbroken'], 'ramp.jtl', { type: 'text/csv' })
  await page.getByLabelText('JMeter result file').upload(file)
  await expect
    .element(
      page.getByText(
        /20 samples, 10:30:00 to 10:30:19 on Thu 17 Sep 2026; up to 20 threads; 5 capacity; 1 line left out/,
      ),
    )
    .toBeVisible()
  const { window } = views.at(-1)!
  expect(window.kind).toBe('absolute')
  await expect.poll(() => textOf('Events')).toContain('GET /stations')
  await button('Details').click()
  await expect.element(page.getByRole('dialog').getByText(/^line 22/)).toBeVisible()
})

test('a file that is no results file is refused in one sentence', async () => {
  await renderLive()
  const file = new File(['<!doctype html><title>Report</title>'], 'report.html')
  await page.getByLabelText('JMeter result file').upload(file)
  await expect
    .element(page.getByText(/report\.html is an HTML page: choose the raw results/))
    .toBeVisible()
  await button('Close').click()
  await expect.element(page.getByText(/report\.html/)).not.toBeInTheDocument()
})

test('a recording of a browser is read once, also where the chooser gives a handle', async () => {
  const entry = (secondsAgo: number, status: number) => ({
    startedDateTime: new Date(ago(secondsAgo)).toISOString(),
    time: 40,
    request: { method: 'POST', url: 'https://api.mypurecloud.de/api/v2/notifications/channels' },
    response: { status, statusText: '', headers: [], content: {} },
  })
  const { says } = await setup(
    'page.har',
    JSON.stringify({ log: { version: '1.2', entries: [entry(90, 200), entry(60, 503)] } }),
  )
  await button('Add a file').click()
  await says(/page\.har.*2 samples.*; 1 capacity\./)
  await says(/Only a JMeter CSV is followed/)
  await expect.poll(() => textOf('Events')).toContain('POST /api/v2/notifications/channels')
})

test('a chosen file is followed on the moving window: what JMeter adds shows there, and has a tile', async () => {
  const { file, says, views, monitor } = await setup(
    'running.jtl',
    `${JTL_HEADER}\n${sampleOf(6, 200, 7)}${sampleOf(5, 200, 8)}`,
  )
  await button('Add a file').click()
  await says(/^Following running\.jtl: 2 samples, last at 12:29:55, [78] threads; no errors\./)
  await file.append(`${sampleOf(4, 200, 9)}${sampleOf(3, 503, 12)}half,a li`)
  await says(/4 samples, last at 12:29:57, \d+ threads; 1 capacity\./)
  await expect.poll(() => textOf('Events')).toContain('GET /stations')
  await expect
    .poll(() => textOf('Metrics, worst headroom first'))
    .toContain('Active threadsUnknown12')
  expect(views).toEqual([])
  const threads = monitor.facts().metrics.find(({ title }) => title === 'Active threads')!
  expect(monitor.series.latest(threads.id)).toMatchObject({ value: 12 })
})

test('a file that is not followed any more is summed up, and has no tile', async () => {
  const { says } = await setup(
    'running.jtl',
    `${JTL_HEADER}\n${[6, 5, 4].map((s) => sampleOf(s, 200, 7)).join('')}${sampleOf(3, 200, 7)}half,a li`,
  )
  await button('Add a file').click()
  await says(/4 samples/)
  await button('Stop').click()
  await says(/^running\.jtl 4 samples, 12:29:54 to 12:29:57 on Thu 17 Sep 2026; .*1 line left out/)
  await expect
    .poll(() => textOf('Metrics, worst headroom first'), PATIENCE)
    .not.toContain('Active threads')
  await button('Close').click()
})

test('a file that has stopped growing is said to be late, and no error', async () => {
  const { says, monitor } = await setup('late.jtl', `${JTL_HEADER}\n${sampleOf(1, 200, 7)}`)
  await button('Add a file').click()
  await says(/1 sample, last at 12:29:59/)
  monitor.setNow(later(NOW, 20_000))
  await says(/^Following late\.jtl: nothing new since 12:29:59; 1 sample; no errors\./)
})

test('a finished test is shown where it lies, and it is said that nothing was added since', async () => {
  const { says, views } = await setup('over.jtl', `${JTL_HEADER}\n${sampleOf(50_000, 200, 7)}`)
  await button('Add a file').click()
  await says(/nothing new since 22:36:40 on Wed 16 Sep 2026; 1 sample/)
  expect(views.at(-1)!.window.kind).toBe('absolute')
  await expect.element(page.getByText('Active threads', { exact: true })).not.toBeInTheDocument()
})

test('a file that begins anew is a run of its own, and the samples before it stay', async () => {
  const { file, says, monitor } = await setup(
    'again.jtl',
    `${JTL_HEADER}\n${sampleOf(9, 200, 7)}${sampleOf(8, 200, 7)}`,
  )
  await button('Add a file').click()
  await says(/2 samples/)
  await file.replace(`${JTL_HEADER}\n${sampleOf(2, 200, 3)}`)
  await says(
    /Following again\.jtl, begun anew at 12:30:00: 1 sample, .* What was read before stays\./,
  )
  const runs = () => monitor.facts().metrics.filter(({ title }) => title === 'Active threads')
  await expect.poll(() => runs().length, PATIENCE).toBe(2)
  await expect
    .poll(() => runs().map(({ id }) => monitor.series.latest(id)?.value), PATIENCE)
    .toEqual([7, 3])
})

test('a file that is gone is awaited', async () => {
  const { file, says } = await setup('gone.jtl', `${JTL_HEADER}\n${sampleOf(2, 200, 7)}`)
  await button('Add a file').click()
  await says(/1 sample/)
  await file.remove()
  await says(
    /^gone\.jtl is gone since 12:30:00\. It goes on as soon as there is a file of that name/,
  )
  await file.replace(`${JTL_HEADER}\n${sampleOf(1, 200, 3)}`)
  await says(/^Following gone\.jtl, begun anew/)
})

test('a file that was followed before a reload is offered, and goes on with a click', async () => {
  const file = await opfsFile('kept.jtl')
  onTestFinished(async () => {
    await forgetFile(org)
    await file.remove()
  })
  await file.append(`${JTL_HEADER}\n${sampleOf(2, 200, 7)}`)
  await keepFile(org, file.handle)
  await renderLive()
  await button('Follow kept.jtl again').click()
  await expect.element(page.getByText(/Following kept\.jtl: 1 sample/), PATIENCE).toBeVisible()
})

test('a browser that cannot follow says so, and reads the same file again', async () => {
  const picker = Object.getOwnPropertyDescriptor(window, 'showOpenFilePicker')!
  Reflect.deleteProperty(window, 'showOpenFilePicker')
  onTestFinished(() => void Object.defineProperty(window, 'showOpenFilePicker', picker))
  await renderLive()
  const file = new File([`${JTL_HEADER}\n${sampleOf(2, 200, 7)}`], 'once.jtl')
  await page.getByLabelText('JMeter result file').upload(file)
  const sentence = 'This browser cannot follow a file: read it again to see what was added.'
  await expect.element(page.getByText(sentence)).toBeVisible()
  await button('Read again').click()
  await expect.element(page.getByText(sentence)).toBeVisible()
})
