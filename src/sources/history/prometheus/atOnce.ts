/** Browsers hold no more than six connections to a server, and others want theirs. */
const MOST_AT_ONCE = 4

/** Does all of them, a few at a time, and gives what they gave, in their order. */
export async function atOnce<Given, Made>(
  all: readonly Given[],
  make: (one: Given) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = []
  let next = 0
  const work = async () => {
    while (next < all.length) {
      const index = next
      next += 1
      made[index] = await make(all[index]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, all.length) }, work))
  return made
}
