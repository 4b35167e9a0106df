import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AttemptGroup } from '#domain/incident/attemptGroup.ts'
import { FILE_TEXTS } from '#testing/fileTexts.ts'
import { jtlLine, jtlText } from '#testing/jtlText.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { readFile } from '../readFile.ts'
import { groupsOf } from './attemptGroups.ts'

const groupsIn = async (text: string) => (await readFile(new Blob([text]), { name: 'f' })).groups
const group = (dimension: string, name: string, [attempts, refused, failed]: number[]) => ({
  dimension,
  name,
  attempts,
  refused,
  failed,
})

test('a JTL tells labels and thread groups, those with most refusals first', async () => {
  const groups = await groupsIn(
    jtlText(
      jtlLine(0, 200, 3, { label: 'a', thread: 'Agents 1-1' }),
      jtlLine(1, 200, 3, { label: 'a', thread: 'Agents 1-2' }),
      jtlLine(2, 500, 3, { label: 'a', thread: 'Agents 1-2' }),
      jtlLine(3, 503, 3, { label: 'b', thread: 'Admins 2-1' }),
      jtlLine(4, 503, 3, { label: 'b', thread: 'Agents 1-1' }),
    ),
  )
  expect(groups).toEqual([
    group('label', 'b', [2, 2, 2]),
    group('label', 'a', [3, 0, 1]),
    group('threadGroup', 'Agents', [4, 1, 2]),
    group('threadGroup', 'Admins', [1, 1, 1]),
  ])
})

test('what repeats another sample is in no group', async () => {
  const groups = await groupsIn(
    jtlText(
      jtlLine(0, 503, 3, { label: 'page', elapsed: 900 }),
      jtlLine(0, 503, 3, { label: 'page-0', elapsed: 100 }),
    ),
  )
  expect(groups.map(({ name, attempts }) => [name, attempts])).toEqual([
    ['page', 1],
    ['Agents', 1],
  ])
})

test.each([
  ['har', ['label POST /api/v2/notifications/channels', 'host api.mypurecloud.de']],
  ['k6-json', ['label https://a/b', 'host a']],
  ['k6-csv', ['label a']],
  ['jtl-xml', ['label open', 'threadGroup Agents']],
  ['gatling-log', ['label open']],
  ['csv', []],
  ['autocannon-json', []],
] as const)('%s tells what it has', async (format, expected) => {
  const groups = await groupsIn(FILE_TEXTS[format])
  expect(groups.map(({ dimension, name }) => `${dimension} ${name}`)).toEqual(expected)
  for (const one of groups) expect(one).toMatchObject({ attempts: 2, refused: 1, failed: 1 })
})

test('the address of an XML sample names its host, without a password', async () => {
  const xml = FILE_TEXTS['jtl-xml'].replace(
    '</httpSample>\n</testResults>',
    '<java.net.URL>https://me:pw@API.example:8443/x?y</java.net.URL></httpSample>\n</testResults>',
  )
  const groups = await groupsIn(xml)
  expect(groups).toContainEqual(group('host', 'api.example:8443', [1, 1, 1]))
})

test("Artillery's plug-in tells endpoints", async () => {
  const counters = {
    'plugins.metrics-by-endpoint./a.codes.200': 5,
    'plugins.metrics-by-endpoint./a.codes.503': 2,
    'plugins.metrics-by-endpoint./b.codes.404': 1,
  }
  const text = FILE_TEXTS['artillery-json'].replace(
    '"http.codes.200":5',
    `"http.codes.200":5,${JSON.stringify(counters).slice(1, -1)}`,
  )
  expect(await groupsIn(text)).toEqual([
    group('label', '/a', [7, 2, 2]),
    group('label', '/b', [1, 0, 1]),
  ])
})

test('labels that differ by a secret are one group, and the secret is in none', async () => {
  const secret = (n: number) => `GET /x?access_token=abc${n}`
  const groups = await groupsIn(
    jtlText(
      ...[1, 2, 3].map((n) => jtlLine(n, n === 1 ? 503 : 200, 3, { label: secret(n), thread: '' })),
    ),
  )
  expect(groups).toEqual([group('label', 'GET /x?access_token=[removed]', [3, 1, 1])])
})

test('of more than 200 names the others are one group, and nothing is lost', async () => {
  const lines = Array.from({ length: 5_000 }, (_, i) =>
    jtlLine(i / 10, i === 4_321 ? 503 : 200, 3, { label: `GET /${Math.min(i, 3_000)}` }),
  )
  const labels = (await groupsIn(jtlText(...lines))).filter(
    ({ dimension }) => dimension === 'label',
  )
  expect(labels).toHaveLength(200)
  expect(labels[0]).toEqual(group('label', 'GET /3000', [2_000, 1, 1]))
  expect(plainSpaces(labels.at(-1)!.name)).toBe('(2 802 others)')
  expect(labels.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(5_000)
})

const anyRows = fc.array(
  fc.record({
    label: fc.constantFrom('a', 'b', 'c'),
    code: fc.constantFrom(200, 404, 500, 503),
    thread: fc.constantFrom('A 1-1', 'A 1-2', 'B 2-1'),
  }),
  { maxLength: 60 },
)

test('the groups of each dimension are the attempts of the file, once each', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, async (rows) => {
      const text = jtlText(...rows.map(({ code, ...parts }, i) => jtlLine(i, code, 3, parts)))
      let failed = 0
      const onAttempt = ({ errorClass }: { errorClass: string | null }) => {
        if (errorClass !== null) failed += 1
      }
      const { groups } = await readFile(new Blob([text]), { name: 'f', onAttempt })
      for (const dimension of ['label', 'threadGroup']) {
        const own = groups.filter((one) => one.dimension === dimension)
        const sum = (key: 'attempts' | 'refused' | 'failed') =>
          own.reduce((all, one) => all + one[key], 0)
        expect(sum('attempts')).toBe(rows.length)
        expect(sum('refused')).toBe(rows.filter(({ code }) => code === 503).length)
        expect(sum('failed')).toBe(failed)
      }
    }),
    { numRuns: 40 },
  )
})

test('groups without a name, or without attempts, are none', () => {
  const counts = { attempts: 1, refused: 0, failed: 0 }
  const told: AttemptGroup[] = groupsOf(
    'host',
    [
      { name: '', ...counts },
      { name: 'a', ...counts, attempts: 0 },
    ],
    (text) => text,
  )
  expect(told).toEqual([])
})
