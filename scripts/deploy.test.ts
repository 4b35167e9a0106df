import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { programPath, unlessInstalled } from '#testing/realPrometheus.ts'

const PROMETHEUS = 'deploy/prometheus'
const missing = unlessInstalled('promtool')

/** Runs promtool and gives what it said; throws that where it is not content. */
function promtool(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(programPath('promtool')!, words, {
    cwd: PROMETHEUS,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`promtool ${words.join(' ')}: ${stdout}${stderr}`)
  return stdout + stderr
}

test.skipIf(missing)(`Prometheus takes the configuration and its rules${missing}`, () => {
  expect(promtool('check', 'config', 'prometheus.yml')).toContain('1 rule files found')
  expect(promtool('check', 'rules', 'rules.yml')).toMatch(/SUCCESS: \d+ rules found/)
})

test.skipIf(missing)(`the rules do what their tests say${missing}`, () => {
  expect(promtool('test', 'rules', 'rules.test.yml')).toContain('SUCCESS')
})

test('every alert has a test in which it fires and one in which it does not', () => {
  const rules = readFileSync(join(PROMETHEUS, 'rules.yml'), 'utf8')
  const tests = readFileSync(join(PROMETHEUS, 'rules.test.yml'), 'utf8')
  const alerts = new Set([...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name!))
  expect(alerts.size).toBe(6)
  for (const alert of alerts) {
    expect(tests).toMatch(new RegExp(`alertname: ${alert}\\n\\s+exp_alerts: \\[\\]`))
    expect(tests).toMatch(new RegExp(`alertname: ${alert}\\n\\s+exp_alerts:\\n`))
  }
})

type Target = { expr: string; datasource?: { uid: string } }
type Panel = {
  id: number
  type: string
  title: string
  description?: string
  datasource?: { type: string; uid: string }
  fieldConfig?: { defaults: { unit?: string } }
  gridPos: { x: number; y: number; w: number; h: number }
  targets?: Target[]
}
type Dashboard = {
  uid: string
  panels: Panel[]
  templating: { list: { name: string; type: string; datasource?: { uid: string } }[] }
  annotations: { list: { expr: string; datasource: { uid: string } }[] }
}

const dashboard = JSON.parse(readFileSync('deploy/grafana/tidemark.json', 'utf8')) as Dashboard
const panels = dashboard.panels.filter(({ type }) => type !== 'row')

/** What the recorder and our own rules give, and what comes with Prometheus and prom-client. */
function existingNames(): Set<string> {
  const recorder = readdirSync('src/recorder', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join('src/recorder', path), 'utf8'))
    .join('\n')
  const rules = readFileSync(join(PROMETHEUS, 'rules.yml'), 'utf8')
  return new Set([
    ...[...recorder.matchAll(/'(tidemark_\w+)'/g)].map(([, name]) => name!),
    ...[...rules.matchAll(/- record: (\S+)/g)].map(([, name]) => name!),
    'up',
    'ALERTS',
    'process_resident_memory_bytes',
    'process_cpu_seconds_total',
  ])
}

const WORDS = new Set(['by', 'on', 'unless', 'and', 'or', 'offset', 'without', 'ignoring'])

/** The names of metrics in a PromQL expression. */
function namesIn(expr: string): string[] {
  const bare = expr
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g, ' ')
    .replaceAll(/\b(by|on|without|ignoring)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\boffset\s+\w+/g, ' ')
  return [...bare.matchAll(/[A-Za-z_:][\w:]*(?!\w)(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !WORDS.has(name))
}

test('names are found in an expression, and functions, labels and words are none', () => {
  const expr = 'sum by (a, b) (rate(x_total{c=~"y"}[5m] offset 1h)) / on (a) max(z:r > 0) unless up'
  expect(namesIn(expr)).toEqual(['x_total', 'z:r', 'up'])
})

test('the dashboard and the rules name only what there is', () => {
  const existing = existingNames()
  expect(existing.size).toBeGreaterThan(20)
  const rules = readFileSync(join(PROMETHEUS, 'rules.yml'), 'utf8')
  const exprs = [
    ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ...dashboard.annotations.list.map(({ expr }) => expr),
    ...[...rules.matchAll(/expr: (?:>-\n((?: {10}.*\n)+)|(.+)\n)/g)].map(
      ([, block, line]) => block ?? line!,
    ),
  ]
  expect(exprs.length).toBeGreaterThan(30)
  const unknown = exprs.flatMap(namesIn).filter((name) => !existing.has(name))
  expect(unknown).toEqual([])
  expect(exprs.every((expr) => namesIn(expr).length > 0)).toBe(true)
})

test('every panel has words, a unit and queries, and asks the data source that is chosen', () => {
  const variables = new Map(dashboard.templating.list.map((variable) => [variable.name, variable]))
  expect(variables.get('datasource')?.type).toBe('datasource')
  const chosen = '${datasource}'
  for (const panel of panels) {
    expect(panel.title).not.toBe('')
    expect(panel.description).toBeTruthy()
    expect(panel.fieldConfig?.defaults.unit).toBeTruthy()
    expect(panel.datasource).toEqual({ type: 'prometheus', uid: chosen })
    expect(panel.targets?.length).toBeGreaterThan(0)
    for (const { datasource } of panel.targets ?? []) expect(datasource?.uid).toBe(chosen)
  }
  const text = JSON.stringify(dashboard)
  const named = [...text.matchAll(/\$\{?([A-Za-z]\w*)/g)].map(([, name]) => name!)
  expect(named.filter((name) => !variables.has(name))).toEqual([])
})

test('no panel lies upon another, and each has an id of its own', () => {
  const cells = new Set<string>()
  for (const { gridPos, title } of dashboard.panels)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        expect(cells.has(`${x} ${y}`), `${title} at ${x}, ${y}`).toBe(false)
        cells.add(`${x} ${y}`)
      }
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
})
