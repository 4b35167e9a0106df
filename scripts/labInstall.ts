import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

/** What the tests against real servers and the load lab need, by file, with its Debian package. */
const WANTED: readonly { file: string; package: string }[] = [
  { file: '/usr/bin/prometheus', package: 'prometheus' },
  { file: '/usr/bin/promtool', package: 'prometheus' },
  { file: '/usr/bin/victoria-metrics', package: 'victoria-metrics' },
  { file: '/usr/share/jmeter/bin/ApacheJMeter.jar', package: 'jmeter' },
  { file: '/usr/share/jmeter/lib/ext/ApacheJMeter_java.jar', package: 'jmeter-java' },
  { file: '/usr/bin/java', package: 'default-jre-headless' },
]
/** Those of them that bring a service with them. */
const WITH_SERVICE = new Set(['prometheus', 'victoria-metrics'])

const APT = '/usr/bin/apt-get'
const SYSTEMCTL = '/usr/bin/systemctl'
/** Debian asks this program whether a package may start its service; 101 is no. */
const POLICY = '/usr/sbin/policy-rc.d'

const missingPackages = () => [
  ...new Set(WANTED.filter(({ file }) => !existsSync(file)).map((each) => each.package)),
]

/**
 * Installs what is missing with apt, without starting a service of it now or with the machine; a service
 * that was there before is left alone. True when all is there at the end.
 */
function installLab(): boolean {
  const missing = missingPackages()
  if (missing.length === 0)
    return say('Prometheus, VictoriaMetrics and JMeter are there; nothing to do.')
  if (!existsSync(APT))
    return fail(`Missing: ${missing.join(', ')}. There is no apt-get here: install them yourself.`)
  const isRoot = process.getuid?.() === 0
  if (!isRoot) {
    const command = 'sudo npm run lab:install'
    return fail(`Missing: ${missing.join(', ')}. Only root may install them: ${command}`)
  }
  const isInstalled = withoutServices(
    () =>
      run(APT, 'update', '-qq') &&
      run(APT, 'install', '-y', '-qq', '--no-install-recommends', ...missing),
  )
  const left = missingPackages()
  if (!isInstalled || left.length > 0)
    return fail(
      `Could not install ${left.join(', ') || missing.join(', ')}: see what apt-get said.`,
    )
  const services = missing.filter((each) => WITH_SERVICE.has(each))
  if (services.length === 0) return say(`Installed ${missing.join(', ')}.`)
  const areOff = existsSync(SYSTEMCTL) ? run(SYSTEMCTL, 'disable', '--quiet', ...services) : true
  const so = areOff
    ? 'Services were not started and are switched off.'
    : 'Services were not started, but may start with the machine: systemctl disable them.'
  return say(`Installed ${missing.join(', ')}. ${so}`)
}

/** Does something while no package may start a service. A policy that is there already stays. */
function withoutServices(work: () => boolean): boolean {
  if (existsSync(POLICY)) {
    console.log(`${POLICY} is there and decides whether services start.`)
    return work()
  }
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return work()
  } finally {
    rmSync(POLICY)
  }
}

const run = (program: string, ...words: string[]) =>
  spawnSync(program, words, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0

function say(sentence: string): boolean {
  console.log(sentence)
  return true
}

function fail(sentence: string): boolean {
  console.error(sentence)
  return false
}

process.exitCode = installLab() ? 0 : 1
