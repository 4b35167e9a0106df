import { quietly } from './quietly.ts'
import type { Opening, Watched } from './watched.ts'

type Callable = (...args: never[]) => unknown
type Class = Callable & { prototype: { constructor: unknown } }

/** Puts a proxy in a function's place, described as it was. Gives null where there is no such function. */
function replace<F extends Callable>(
  owner: object | undefined,
  name: string,
  handler: ProxyHandler<F>,
): F | null {
  const described = owner && Object.getOwnPropertyDescriptor(owner, name)
  if (typeof described?.value !== 'function') return null
  const value = new Proxy(described.value as F, handler)
  Object.defineProperty(owner, name, { ...described, value })
  return value
}

/**
 * Stands in for a global class. A proxy, and not a subclass: name, static members, prototype,
 * `instanceof` and what is thrown are the original's own. Does nothing where there is no such class.
 * One that throws is counted as a failure.
 */
export function wrapClass(
  name: string,
  watched: Watched,
  onMade: (made: object, opening: Opening) => void,
): void {
  // Chromium has a second name for RTCPeerConnection.
  const alias = Object.getOwnPropertyDescriptor(window, `webkit${name}`)
  const isAliased = alias?.value === Reflect.get(window, name)
  const standIn = replace<Class>(window, name, {
    construct(target, args, newTarget) {
      let made: object
      try {
        made = Reflect.construct(target, args, newTarget) as object
      } catch (error) {
        quietly(() => {
          watched().tally.failures += 1
        })
        throw error
      }
      quietly(() => onMade(made, watched()))
      return made
    },
  })
  if (!standIn) return
  // `socket.constructor === WebSocket` holds without the probe, so it must with it.
  standIn.prototype.constructor = standIn
  if (isAliased) Object.defineProperty(window, `webkit${name}`, { ...alias, value: standIn })
}

/**
 * Stands in for a method. `around` is given what it was called on and a way to call the original,
 * and returns what the caller gets. Does nothing where there is no such method.
 */
export function wrapMethod(
  owner: object | undefined,
  name: string,
  around: (self: unknown, call: () => unknown) => unknown,
): void {
  replace(owner, name, {
    apply: (target, self, args: never[]) => around(self, () => Reflect.apply(target, self, args)),
  })
}
