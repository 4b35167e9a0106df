import type { FileFormat } from '../fileFormat.ts'
import type { Hears } from '../filePass.ts'
import type { Told } from '../samples/fileSummary.ts'
import type { SampleFormat } from '../samples/samplePass.ts'

/** What is made of JMeter's files, CSV and XML alike. */
export const jtlFormat = (format: FileFormat, told: Told, stamp: Hears['stamp']): SampleFormat => ({
  format,
  told,
  stamp,
  kind: 'jtl',
  level: { id: 'threads', title: 'Active threads', note: 'highest of each second' },
  makers: 'threadGroup',
  // `Sessions 1-12`: the name without JMeter's two numbers.
  groupOf: (thread) => thread.replace(/\s*\d+-\d+$/, ''),
  attempts: { id: 'attempts', title: 'Load test attempts', note: 'samples begun per second' },
})
