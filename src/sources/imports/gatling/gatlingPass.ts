import { ImportError } from '../importError.ts'
import type { FilePass, Hears } from '../filePass.ts'
import { createLines, type Line } from '../lines.ts'
import { createOpenLevels } from '../samples/openLevels.ts'
import { createSamplePass, type SampleFormat } from '../samples/samplePass.ts'
import { createSampleTexts } from '../samples/sampleTexts.ts'
import { createTextSamples } from '../samples/textSample.ts'
import { type GatlingRecord, gatlingRecord } from './gatlingRecord.ts'

const FORMAT: SampleFormat = {
  format: 'gatling-log',
  kind: 'gatling',
  level: {
    id: 'users',
    title: 'Active users',
    note: 'users begun and not ended; highest of each second',
  },
  attempts: { id: 'attempts', title: 'Load test attempts', note: 'requests begun per second' },
  makers: 'threadGroup',
  // `All 12`: the scenario without its user; 3.0 to 3.3 name the user alone.
  groupOf: (user) => user.replace(/\s*\d+$/, ''),
  told: { codes: true, failures: true, labels: true, subSamples: false, clients: true },
}

/**
 * Reads the text log of Gatling up to 3.11 (`simulation.log`): requests, and users from their start
 * to their end. The log is internal to Gatling and has no specification. Sources: gatling/gatling issue
 * 3096 (2.2, and four instants before), nuxeo/gatling-report issues 7 and 11, a line of 3.2, a log of 3.5.1.
 */
export function openGatlingPass(name: string, _head: string, hears: Hears): FilePass {
  const texts = createSampleTexts()
  const sampleOf = createTextSamples(texts)
  const pass = createSamplePass(name, FORMAT, texts, hears)
  const users = createOpenLevels()
  let version: string | null = null
  let firstMs = Infinity
  let lastMs = -Infinity
  let starts = 0
  let ends = 0

  function see(...instants: readonly number[]) {
    firstMs = Math.min(firstMs, ...instants)
    lastMs = Math.max(lastMs, ...instants)
  }

  function take(record: GatlingRecord) {
    switch (record.kind) {
      case 'run':
        version = record.version
        return
      case 'user':
        see(record.atMs)
        if (record.isStart) {
          starts += 1
          users.open(record.atMs)
        } else {
          ends += 1
          users.close(record.atMs)
        }
        return
      case 'request': {
        const { startMs, endMs, name: label, isOk, message, code, user } = record
        see(startMs, endMs)
        pass.take(sampleOf({ startMs, endMs, label, code, message, isSuccess: isOk, thread: user }))
        return
      }
      case 'other':
    }
  }

  const lines = createLines(({ text, number, isTooLong }: Line) => {
    const record = isTooLong ? 'the line is longer than a million bytes' : gatlingRecord(text)
    if (typeof record === 'string') pass.reject(number, record)
    else take(record)
  })

  return {
    push: lines.push,
    end() {
      lines.end()
      if (pass.fileId() === null && starts === 0)
        throw new ImportError(
          'noUsableColumn',
          `${name}: a Gatling log without a REQUEST or USER line that can be read`,
        )
      if (users.hasAny()) users.tell(firstMs, lastMs, pass.takeLevel)
      pass.end()
      return pass.result(
        [
          version === null ? null : `the log names version ${version}`,
          starts > ends ? `${starts - ends} of ${starts} users never end in this log` : null,
        ].filter((warning) => warning !== null),
      )
    },
  }
}
