import { expect, test } from 'vitest'
import { someAudit } from '#testing/someAudit.ts'
import { auditJson } from '../exports/auditFiles.ts'
import { readAuditFile } from './readAuditFile.ts'

const audit = someAudit({ told: [{ namespace: 'usage', key: 'exports.max', value: 5 }] })
const read = (text: string) => readAuditFile(new File([text], 'alder.json'))
const problemOf = async (text: string) => {
  const result = await read(text)
  return result.ok ? 'none' : result.problem
}

test('the file of an audit is read back as it was', async () => {
  expect(await read(auditJson(audit))).toEqual({ ok: true, value: audit })
})

test('a file of another kind, a CSV and a broken one are refused by name', async () => {
  expect(await problemOf('namespace,key\n')).toBe(
    'alder.json: it is no JSON file; choose the JSON file of an audit, not its CSV.',
  )
  expect(await problemOf('{"format":"har","version":1}')).toMatch(
    /^alder\.json: it is no audit of Tidemark: format is "har"/,
  )
  expect(await problemOf('[1]')).toMatch(/it is no audit of Tidemark/)
})

test('a newer version is refused with its number', async () => {
  expect(await problemOf(JSON.stringify({ ...audit, version: 3 }))).toBe(
    'alder.json: it is of version 3, made by a newer Tidemark; this one reads version 1.',
  )
})

test('a field that is not as agreed is named', async () => {
  const broken = { ...audit, keys: [{ ...audit.keys[0], effective: 'many' }] }
  expect(await problemOf(JSON.stringify(broken))).toMatch(
    /keys\[0\]\.effective is "many", and a number was expected/,
  )
  const empty = { ...audit, keys: [{ ...audit.keys[0], effective: null }] }
  expect(await problemOf(JSON.stringify(empty))).toMatch(/keys\[0\]\.effective is told/)
})
