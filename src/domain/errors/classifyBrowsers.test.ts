import { type FailureCase, REST, STREAM, testFailures } from '#testing/failureCases.ts'

const BROWSERS: FailureCase[] = [
  [
    'HAR §9.4 channel',
    {
      status: 503,
      target: 'https://api.mypurecloud.de/api/v2/notifications/channels',
      method: 'POST',
    },
    'capacity',
    'rest',
    503,
  ],
  [
    'HAR of Playwright, empty reply',
    { status: -1, text: 'net::ERR_EMPTY_RESPONSE', target: 'http://127.0.0.1:18081/drop' },
    'network',
    'rest',
  ],
  [
    'HAR of Playwright, given up by the page',
    { status: -1, text: 'net::ERR_ABORTED', target: 'http://127.0.0.1:18081/hang' },
    'other',
    'rest',
  ],
  [
    'HAR of Playwright, a 401 that the page left',
    { status: 401, text: 'net::ERR_ABORTED', target: 'http://127.0.0.1:18081/private' },
    'auth',
    'rest',
    401,
  ],
  [
    'HAR of Chrome _error',
    { status: 0, text: 'net::ERR_NAME_NOT_RESOLVED', target: 'https://gone.example/' },
    'network',
    'rest',
  ],
  [
    'HAR of Chrome, a blocker',
    { status: 0, text: 'net::ERR_BLOCKED_BY_CLIENT', target: 'https://x.example/' },
    'other',
    'rest',
  ],
  [
    'HAR of Firefox, status 0',
    { status: 0, target: 'https://www.nghttp2.org/stylesheets/screen.css' },
    'network',
    'rest',
  ],
  [
    'HAR of Firefox',
    { status: 0, text: 'NS_ERROR_NET_RESET', target: 'https://x.example/' },
    'network',
    'rest',
  ],
  [
    'HAR of Firefox, left',
    { status: 0, text: 'NS_BINDING_ABORTED', target: 'https://x.example/' },
    'other',
    'rest',
  ],
  ['HAR §9.4 refused upgrade, status 0', { status: 0, target: STREAM }, 'other', 'upgrade'],
  [
    'HAR _resourceType websocket',
    { status: 503, target: 'https://x.example/socket', isWebSocket: true },
    'capacity',
    'upgrade',
    503,
  ],
  [
    'fetch §7.5, opaque',
    { status: 0, text: 'TypeError: Failed to fetch', target: REST },
    'network',
    'rest',
  ],
]

testFailures(BROWSERS)
