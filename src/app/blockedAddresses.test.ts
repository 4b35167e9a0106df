import { expect, test, vi } from 'vitest'
import { createBlockedAddresses } from './blockedAddresses.ts'

function setup() {
  const page = new EventTarget()
  const blocked = createBlockedAddresses(page as Document)
  const violate = (blockedURI: string, effectiveDirective = 'connect-src') =>
    page.dispatchEvent(
      Object.assign(new Event('securitypolicyviolation'), { blockedURI, effectiveDirective }),
    )
  return { blocked, violate }
}

test('an address that the policy blocks is named once, by its origin', () => {
  const { blocked, violate } = setup()
  const heard = vi.fn()
  blocked.subscribe(heard)
  violate('https://collector.example.org:8443/v1/changes?after=7')
  violate('https://collector.example.org:8443/v1/changes?after=8')
  expect(blocked.origins()).toEqual(['https://collector.example.org:8443'])
  expect(heard).toHaveBeenCalledTimes(1)
})

test('what is blocked but is no address to reach is left out', () => {
  const { blocked, violate } = setup()
  violate('inline', 'script-src-elem')
  violate('https://evil.example', 'img-src')
  violate('inline')
  expect(blocked.origins()).toEqual([])
})
