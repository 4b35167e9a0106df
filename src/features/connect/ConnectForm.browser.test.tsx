import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Embedding } from '#sources/genesys/embedding.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { ConnectForm } from './ConnectForm.tsx'
import { firstDraft } from './connectDraft.ts'
import type { ConnectProblem } from './connectRequest.ts'

type Acts = {
  onConnect: () => Promise<ConnectProblem | null>
  onGuide: () => void
}

function Form({ embedding, ...acts }: Acts & { embedding: Embedding | null }) {
  const [draft, setDraft] = useState(firstDraft(embedding?.domain ?? null))
  return (
    <ConnectForm
      draft={draft}
      onDraft={(part) => setDraft({ ...draft, ...part })}
      redirectUri="http://127.0.0.1:4180/signed-in"
      embedding={embedding}
      {...acts}
    />
  )
}

async function setup(embedding: Embedding | null = null) {
  const acts = {
    onConnect: vi.fn((): Promise<ConnectProblem | null> => Promise.resolve(null)),
    onGuide: vi.fn(),
  }
  await render(
    <TidemarkTheme theme="dark">
      <Form embedding={embedding} {...acts} />
    </TidemarkTheme>,
  )
  return acts
}

test('a region and a client are enough to sign in', async () => {
  const { onConnect } = await setup()
  await page.getByLabelText('Region').selectOptions('Sydney, mypurecloud.com.au')
  await page.getByLabelText('OAuth client ID').fill(' 5f3c ')
  await page.getByRole('button', { name: 'Sign in' }).click()
  expect(onConnect).toHaveBeenCalledWith({
    domain: 'mypurecloud.com.au',
    clientId: '5f3c',
    feedUrl: null,
  })
})

test('a loopback address and a feed can be typed; Enter signs in', async () => {
  const { onConnect } = await setup()
  await page.getByLabelText('Region').selectOptions('other')
  await page.getByLabelText('Domain or address').fill('http://127.0.0.1:8787/')
  await page.getByRole('button', { name: 'Add a feed' }).click()
  await page.getByLabelText('Feed address, optional').fill('http://127.0.0.1:9000/')
  await page.getByLabelText('OAuth client ID').fill('any')
  await userEvent.keyboard('{Enter}')
  expect(onConnect).toHaveBeenCalledWith({
    domain: '127.0.0.1:8787',
    clientId: 'any',
    feedUrl: 'http://127.0.0.1:9000',
  })
})

test('what is missing or wrong is said at its field, and nothing is sent', async () => {
  const { onConnect } = await setup()
  await page.getByLabelText('Region').selectOptions('other')
  await page.getByLabelText('Domain or address').fill('https://apps.mypurecloud.de/directory')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect
    .element(page.getByLabelText('Domain or address'))
    .toHaveAccessibleDescription(/Type the domain alone/)
  await expect
    .element(page.getByLabelText('OAuth client ID'))
    .toHaveAccessibleDescription(/Copy it from the OAuth client/)
  expect(onConnect).not.toHaveBeenCalled()
})

test('a sign-in that failed says why, and what helps', async () => {
  const { onConnect } = await setup()
  onConnect.mockResolvedValueOnce({
    problem: 'The login page was closed before it answered.',
    remedy: 'Sign in again.',
  })
  await page.getByLabelText('OAuth client ID').fill('5f3c')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.element(page.getByText(/closed before it answered\. Sign in again\./)).toBeVisible()
})

test('a login window that was closed does not lock the form: the newest attempt counts', async () => {
  const { onConnect } = await setup()
  let giveUp: (problem: ConnectProblem | null) => void = () => undefined
  onConnect.mockReturnValueOnce(
    new Promise((resolve) => {
      giveUp = resolve
    }),
  )
  await page.getByLabelText('OAuth client ID').fill('5f3c')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.element(page.getByText(/Waiting for the login page/)).toBeVisible()
  onConnect.mockReturnValueOnce(new Promise(() => undefined))
  await page.getByRole('button', { name: 'Sign in again' }).click()
  expect(onConnect).toHaveBeenCalledTimes(2)
  giveUp({ problem: 'The first window was closed.', remedy: 'Sign in again.' })
  await expect.element(page.getByText(/Waiting for the login page/)).toBeVisible()
  expect(page.getByText(/The first window was closed/).elements()).toEqual([])
})

test('the redirect address and every permission stand there to be copied', async () => {
  await setup()
  await expect.element(page.getByText('http://127.0.0.1:4180/signed-in')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Copy redirect address' })).toBeVisible()
  await page.getByRole('button', { name: /more permissions/ }).click()
  await expect.element(page.getByText('analytics:queueObservation:view')).toBeVisible()
})

test('inside Genesys Cloud the region it names is chosen, and named', async () => {
  await setup({ domain: 'mypurecloud.com.au', problem: null })
  await expect.element(page.getByLabelText('Region')).toHaveValue('mypurecloud.com.au')
  await expect.element(page.getByText(/names its region: Sydney, mypurecloud.com.au/)).toBeVisible()
})

test('a region that is not known here is said and not used', async () => {
  await setup({ domain: null, problem: 'gcTargetEnv says “prod-mars1”. It is not used.' })
  await expect.element(page.getByText(/prod-mars1/)).toBeVisible()
  await expect.element(page.getByLabelText('Region')).toHaveValue('mypurecloud.de')
})

test('the same by single steps is one click away', async () => {
  const { onGuide } = await setup()
  await page.getByRole('button', { name: 'Go step by step' }).click()
  expect(onGuide).toHaveBeenCalledOnce()
})
