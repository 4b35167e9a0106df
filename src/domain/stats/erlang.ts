/** Terms below this share of the sum change nothing any more. */
const NEGLIGIBLE = 1e-17

/**
 * Erlang's loss formula: the share of demands that meet a full system of `servers` places when
 * `load` erlang (arrivals per unit of time × mean holding time) are offered and the refused ones go
 * away for good. Arrivals are at random; retries break that, so say so.
 *
 * A part of a server is dropped. Without servers all is lost, without load nothing; negative
 * numbers and NaN count as 0. Cost: from a few terms up to what `servers` exceeds `load` by, plus
 * some root of it; a million places take thousands of terms.
 * Source: Erlang 1917; 1/B = 1 + N/A + N(N − 1)/A² + …, the recursion 1/B(n) = 1 + n/A · 1/B(n − 1)
 * read from its end. All terms are positive, and one that overflows means a loss below 1e−308.
 */
export function erlangB(servers: number, load: number): number {
  if (!(servers >= 1)) return 1
  if (!(load > 0)) return 0
  if (load === Infinity) return servers === Infinity ? 0 : 1
  const places = Math.floor(servers)
  let inverse = 1
  let term = 1
  for (let left = places; left > 0; left--) {
    term *= left / load
    inverse += term
    if (inverse === Infinity) return 0
    if (left < load && term < inverse * NEGLIGIBLE) break
  }
  return 1 / inverse
}

/**
 * The share of demands that must wait when nobody is refused and nobody gives up. 1 where the load
 * is as high as the servers or higher: the queue then grows without end. Edges as in `erlangB`.
 * Source: Erlang 1917; C = N·B / (N − A·(1 − B)).
 */
export function erlangC(servers: number, load: number): number {
  const places = Math.floor(servers)
  if (!(places >= 1) || load >= places) return 1
  if (!(load > 0)) return 0
  const loss = erlangB(places, load)
  return places === Infinity ? 0 : (places * loss) / (places - load * (1 - loss))
}

/**
 * The smallest number of servers that loses at most `targetLoss` (0–1) of `load` erlang. 0 without
 * load, or where all may be lost; Infinity where nothing may be lost, or for an infinite load. Cost
 * O(log load) times `erlangB`.
 */
export function serversFor(load: number, targetLoss: number): number {
  if (!(load > 0) || targetLoss >= 1) return 0
  if (!(targetLoss > 0) || load === Infinity) return Infinity
  let enough = 1
  while (erlangB(enough, load) > targetLoss) enough *= 2
  let tooFew = Math.floor(enough / 2)
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (erlangB(middle, load) > targetLoss) tooFew = middle
    else enough = middle
  }
  return enough
}

/** Halvings that leave no digit of a load undecided. */
const HALVINGS = 100

/**
 * The load in erlang that `servers` carry at a loss of `targetLoss` (0–1). 0 without servers, or
 * where nothing may be lost; Infinity where all may be lost. By bisection, to the last digits.
 */
export function loadFor(servers: number, targetLoss: number): number {
  if (!(servers >= 1) || !(targetLoss > 0)) return 0
  if (targetLoss >= 1 || servers === Infinity) return Infinity
  let low = 0
  // N places carry at most N erlang, so the offered load is at most N / (1 − loss).
  let high = Math.floor(servers) / (1 - targetLoss)
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2
    if (erlangB(servers, middle) > targetLoss) high = middle
    else low = middle
  }
  return low
}
