import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { programPath } from '#testing/realPrometheus.ts'
import { type Running, startProgram } from './command.ts'
import type { LoadShape } from './loadShape.ts'

/** As Debian's packages lay it down (jmeter, jmeter-java). */
const HOME = '/usr/share/jmeter'
const NEEDED = [
  `${HOME}/bin/ApacheJMeter.jar`,
  `${HOME}/lib/ext/ApacheJMeter_java.jar`,
  '/usr/share/java/bsh.jar',
]
const PLAN = join('e2e', 'lab', 'jmeter')

/** Why JMeter cannot play the load; null where it can. */
export function jmeterMissing(): string | null {
  if (!programPath('java')) return 'there is no java'
  const missing = NEEDED.find((path) => !existsSync(path))
  return missing === undefined ? null : `${missing} is missing`
}

/** Starts JMeter on the plan of the lab: `sockets.jmx`, which opens real WebSockets. */
export function startJmeter(
  serverUrl: string,
  jtl: string,
  log: string,
  shape: LoadShape,
): Running {
  const { hostname, port } = new URL(serverUrl)
  const properties = {
    host: hostname,
    port,
    threads: shape.clients,
    rampSec: shape.rampSec,
    iterationSec: shape.iterationSec,
    holdMs: shape.holdMs,
    retryMs: shape.retryMs,
    scripts: PLAN,
    'jmeter.save.saveservice.output_format': 'csv',
    'jmeter.save.saveservice.print_field_names': true,
    // A results file that is followed has to grow while the test runs.
    'jmeter.save.saveservice.autoflush': true,
  }
  const files = ['-t', join(PLAN, 'sockets.jmx'), '-l', jtl, '-j', log]
  return startProgram('java', [
    '-Xmx256m',
    '-Djava.awt.headless=true',
    `-Djmeter.home=${HOME}`,
    '-cp',
    [NEEDED[0], `${HOME}/lib/*`, `${HOME}/lib/ext/*`, NEEDED[2]].join(':'),
    'bsh.Interpreter',
    join(PLAN, 'launch.bsh'),
    '-n',
    ...files,
    ...Object.entries(properties).map(([name, value]) => `-J${name}=${value}`),
  ])
}
