import { expect, test } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import type { AlertDesk, AlertsShown } from '#monitor/alerts/alertDesk.ts'
import { someAlert } from '#testing/someAlert.ts'
import { createAlertBoard } from './alertBoard.ts'
import { badgedTitle, iconOf } from './useAlertBadge.ts'

function deskOf(first: AlertsShown) {
  let shown = first
  let listener: () => void = () => undefined
  const desk: AlertDesk = {
    shown: () => shown,
    subscribe(call) {
      listener = call
      return () => (listener = () => undefined)
    },
    acknowledge: () => undefined,
    setRules: () => undefined,
    stop: () => undefined,
  }
  const tell = (active: AlertsShown['active']) => {
    shown = { active, ended: [] }
    listener()
  }
  return { desk, tell }
}

test('alerts that nobody has seen are counted over all organisations, until their desk stops', () => {
  const board = createAlertBoard()
  const alder = deskOf({ active: [someAlert('a')], ended: [] })
  const birch = deskOf({ active: [], ended: [] })
  const watched = board.add(orgId('alder'), alder.desk)
  board.add(orgId('birch'), birch.desk)
  birch.tell([
    someAlert('b', { severity: 'warn' }),
    someAlert('c', { acknowledged: { by: 'Kim', at: epochMs(1) } }),
    someAlert('d', { clearedAt: epochMs(1) }),
  ])
  expect(board.unseen()).toEqual({ critical: 1, warn: 1 })
  watched.stop()
  expect(board.unseen()).toEqual({ critical: 0, warn: 1 })
})

test('title and icon say how many there are, and how bad', () => {
  const none = { critical: 0, warn: 0 }
  expect(badgedTitle('Alder · Tidemark', none)).toBe('Alder · Tidemark')
  expect(badgedTitle('Alder · Tidemark', { critical: 1, warn: 2 })).toBe('(3) Alder · Tidemark')
  expect([none, { critical: 0, warn: 2 }, { critical: 1, warn: 0 }].map(iconOf)).toEqual([
    '/tidemark.svg',
    '/tidemark-warn.svg',
    '/tidemark-critical.svg',
  ])
})
