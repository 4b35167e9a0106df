import { expect, test } from 'vitest'
import { placeOf } from './placeOf.ts'

const OWN = 'https://tidemark.example/tidemark-probe.js'

test.each([
  [
    'Chromium',
    `Error
    at y (${OWN}?v=1:1:4711)
    at Object.construct (${OWN}?v=1:1:4000)
    at new Session (https://app.example:8443/assets/app.js?token=secret:12:34)
    at https://app.example:8443/assets/main.js:1:2`,
    'https://app.example:8443/assets/app.js:12',
  ],
  [
    'Firefox and Safari',
    `y@${OWN}:1:4711
construct@${OWN}:1:4000
open@https://app.example/app.js#x:7:3
`,
    'https://app.example/app.js:7',
  ],
  [
    'an anonymous function',
    `Error\n    at https://app.example/a.js:3:1`,
    'https://app.example/a.js:3',
  ],
  [
    'an async one',
    `Error\n    at async https://app.example/a.js:3:1`,
    'https://app.example/a.js:3',
  ],
  [
    'a script within the page',
    `Error\n    at f (https://app.example/calls/4711?x=y:30:1)`,
    'https://app.example/calls/:id:30',
  ],
  ['a console', 'Error\n    at <anonymous>:1:1', ''],
  ['nothing', '', ''],
])('the line of the app is found in a stack of %s', (_title, stack, place) => {
  expect(placeOf(stack, OWN, '/calls/4711')).toBe(place)
})
