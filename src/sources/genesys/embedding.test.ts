import { expect, test } from 'vitest'
import { readEmbedding } from './embedding.ts'
import { REGIONS } from './regions.ts'

const asQuery = (said: Record<string, string>) => `?${new URLSearchParams(said)}`

test.each(REGIONS)('$domain is recognised by each of its names', ({ domain, gcTargetEnv }) => {
  const said = { gcHostOrigin: `https://apps.${domain}`, pcEnvironment: domain }
  const found = { domain, problem: null }
  expect(readEmbedding(asQuery(said))).toEqual(found)
  expect(readEmbedding(asQuery({ gcHostOrigin: said.gcHostOrigin }))).toEqual(found)
  expect(readEmbedding(asQuery({ pcEnvironment: domain.toUpperCase() }))).toEqual(found)
  if (gcTargetEnv) expect(readEmbedding(asQuery({ ...said, gcTargetEnv }))).toEqual(found)
})

test.each(['', '?', '?w=3h', '?gcTargetEnv=&gcHostOrigin= '])('%j says nothing', (search) => {
  expect(readEmbedding(search)).toBeNull()
})

test.each([
  [{ gcTargetEnv: 'prod-mars1' }, /gcTargetEnv says “prod-mars1”, which is no region/],
  [{ gcHostOrigin: 'https://apps.evil.example' }, /gcHostOrigin says/],
  [{ gcHostOrigin: 'http://apps.mypurecloud.de' }, /gcHostOrigin says/],
  [{ gcHostOrigin: 'https://apps.mypurecloud.de.evil.example' }, /gcHostOrigin says/],
  [{ pcEnvironment: 'evil.example' }, /pcEnvironment says/],
  [{ gcTargetEnv: '{{gcTargetEnv}}' }, /gcTargetEnv was not filled in/],
  [{ gcTargetEnv: 'x'.repeat(500) }, /“x{60}…”/],
  [{ gcTargetEnv: 'prod-euc1', gcHostOrigin: 'https://apps.evil.example' }, /gcHostOrigin says/],
  [{ gcTargetEnv: 'prod-euc1', gcHostOrigin: 'https://apps.mypurecloud.ie' }, /contradicts itself/],
  [{ gcTargetEnv: 'prod-euc1', pcEnvironment: 'mypurecloud.com' }, /contradicts itself/],
] as const)('%j is said and not used', (said, problem) => {
  expect(readEmbedding(asQuery(said))).toEqual({
    domain: null,
    problem: expect.stringMatching(problem),
  })
})
