/**
 * Requests that other clients have made since a minute began: evenly over the minute, so that they depend
 * on the time alone.
 */
export const neighbourRequests = (perMinute: number, intoMs: number) =>
  Math.floor((perMinute * intoMs) / 60_000)
