import { appendFileSync, writeFileSync } from 'node:fs'
import type { JtlSums } from './jtlFile.ts'

const START_MS = 1_789_642_800_000
const SAMPLES_AT_ONCE = 10_000
const FAILED =
  '  <assertionResult>\n    <name>Status</name>\n    <failure>true</failure>\n    <error>false</error>\n' +
  '    <failureMessage>Test failed: code expected to equal /200/, was 503</failureMessage>\n  </assertionResult>\n'

/** A sample as JMeter 5 writes it by default, with its address; 3 % fail an assertion. */
function sampleOf(i: number, hasFailed: boolean): string {
  const elapsed = 20 + (i % 400)
  const threads = 1 + (i % 200)
  const outcome = hasFailed
    ? 's="false" lb="POST /api/v2/notifications/channels" rc="503" rm="Service Unavailable"'
    : 's="true" lb="GET /api/v2/users?expand=presence &amp; skills" rc="200" rm="OK"'
  return (
    `<httpSample t="${elapsed}" it="0" lt="${elapsed - 3}" ct="${i % 7}" ts="${START_MS + i * 2 - elapsed}" ${outcome} ` +
    `tn="Agents 1-${threads}" dt="text" by="${500 + (i % 3_000)}" sby="${200 + (i % 90)}" ng="${threads}" na="${threads}">\n` +
    `${hasFailed ? FAILED : ''}  <java.net.URL>https://api.example/v2/stations</java.net.URL>\n</httpSample>\n`
  )
}

/** Writes a file of so many samples and gives what must be found in it. */
export function writeJtlXml(path: string, samples: number): Partial<JtlSums> {
  writeFileSync(path, '<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">\n')
  let errors = 0
  for (let from = 0; from < samples; from += SAMPLES_AT_ONCE) {
    const some = Array.from({ length: Math.min(SAMPLES_AT_ONCE, samples - from) }, (_, k) => {
      const hasFailed = (from + k) % 33 === 0
      if (hasFailed) errors += 1
      return sampleOf(from + k, hasFailed)
    })
    appendFileSync(path, some.join(''))
  }
  appendFileSync(path, '</testResults>\n')
  return { rows: samples, errors }
}
