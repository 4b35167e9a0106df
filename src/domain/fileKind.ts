/** Whose file something was read from: a load test's results, a browser's recording, a table. */
export const FILE_KINDS = ['jtl', 'har', 'k6', 'artillery', 'autocannon', 'gatling', 'csv'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** Whether a source's or an origin's name is that of a file. */
export const isFileKind = (name: string): name is FileKind =>
  (FILE_KINDS as readonly string[]).includes(name)
