/** What the script's tag says. */
export type Settings = {
  /** The app, as the people who run it call it. */
  app: string
  /** Where reports go; nowhere named: to a Tidemark tab of the same origin. */
  to: string | undefined
  /** WebSockets and EventSources to these hosts and those below them are counted; none: to all. */
  hosts: readonly string[]
  /** How long something must look forgotten before it is told; NaN: it never is. */
  graceMs: number
  /** The script's own address, without a query. */
  own: string
}

const GRACE_SECONDS = 30

/** Reads the tag. Null where whoever uses the page does not want to be tracked. */
export function settingsOf({ dataset, src }: HTMLScriptElement): Settings | null {
  const { app, to, hosts, after, track } = dataset
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & {
    globalPrivacyControl?: boolean
  }
  if (track !== 'always' && (doNotTrack === '1' || globalPrivacyControl)) return null
  return {
    app: (app || location.hostname).slice(0, 40),
    to,
    hosts: hosts?.match(/[^\s,]+/g) ?? [],
    graceMs: Number(after || GRACE_SECONDS) * 1000,
    own: src.replace(/[?#].*/, ''),
  }
}
