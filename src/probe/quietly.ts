/**
 * Runs what only the probe needs. Nothing that goes wrong in it may reach the app that is watched,
 * nor its error reports: the probe then counts one thing less, and the app goes on as it would
 * without it.
 */
export function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // There is nobody to tell: a console line in somebody else's app is a change of behaviour.
  }
}
