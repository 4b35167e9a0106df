/** What a file is, by the names of design §9. */
export type FileFormat =
  | 'jtl-csv'
  | 'jtl-xml'
  | 'har'
  | 'k6-json'
  | 'k6-csv'
  | 'artillery-json'
  | 'autocannon-json'
  | 'gatling-log'
  | 'csv'
  | 'bundle'

/** Each format as people call it. */
export const FORMAT_TITLES: Readonly<Record<FileFormat, string>> = {
  'jtl-csv': 'JMeter CSV',
  'jtl-xml': 'JMeter XML',
  har: 'HAR',
  'k6-json': 'k6 JSON',
  'k6-csv': 'k6 CSV',
  'artillery-json': 'Artillery JSON',
  'autocannon-json': 'autocannon JSON',
  'gatling-log': 'Gatling log',
  csv: 'CSV',
  bundle: 'Tidemark bundle',
}
