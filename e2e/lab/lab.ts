import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type RealServer, startPrometheus } from '#testing/realPrometheus.ts'
import { type Running, startTidemark } from './command.ts'

/** Where the lab leaves its pictures and files. */
export const LAB_FOLDER = join('reports', 'lab')
export const labFile = (name: string) => resolve(LAB_FOLDER, name)

/** A folder of this run alone. */
export function clearLab(): void {
  rmSync(LAB_FOLDER, { recursive: true, force: true })
  mkdirSync(LAB_FOLDER, { recursive: true })
}

/** The simulated organisation, in a process of its own, with real sockets up to a cap. */
export async function startCapped(cap: number): Promise<{ url: string; running: Running }> {
  const running = startTidemark('tenant', { port: 0, 'max-connections': cap, json: true })
  return { url: await running.told(/"url":"([^"]+)"/), running }
}

/** A Prometheus that scrapes whatever `scrape` names; null where none is installed. */
export async function startScraping(): Promise<
  (RealServer & { scrape: (appUrl: string) => void }) | null
> {
  const targets = labFile('targets.json')
  writeFileSync(targets, '[]')
  const server = await startPrometheus(`
global: { scrape_interval: 2s, scrape_timeout: 2s }
scrape_configs:
  - job_name: tidemark
    file_sd_configs: [{ files: ['${targets}'], refresh_interval: 1s }]
`)
  return (
    server && {
      ...server,
      scrape: (appUrl) =>
        writeFileSync(targets, JSON.stringify([{ targets: [new URL(appUrl).host] }])),
    }
  )
}

type Served = { organisationUrl: string; jtl: string; keys: string; prometheusUrl: string | null }

/** The app with the recorder in one process, following the load tool's results; no login anywhere. */
export async function startServing(served: Served): Promise<{ url: string; running: Running }> {
  const config = labFile('recorder.json')
  const organisation = {
    id: 'lab',
    name: 'Load lab',
    domain: new URL(served.organisationUrl).host,
    credentials: null,
  }
  writeFileSync(config, JSON.stringify({ version: 1, bearer: null, organisations: [organisation] }))
  const running = startTidemark('serve', {
    port: 0,
    record: config,
    state: labFile('state'),
    keys: served.keys,
    jtl: served.jtl,
    prometheus: served.prometheusUrl,
  })
  return { url: await running.told(/^Tidemark is at (\S+)$/m), running }
}
