import { expect, test } from 'vitest'
import { probedFrame } from '#testing/probedFrame.ts'
import { readReport } from './readReport.ts'

test('what the built probe sends is what is read', async () => {
  const { window, app, textWhenHidden } = await probedFrame({ attributes: { 'data-after': '0' } })
  window.history.replaceState(null, '', '/calls/17')
  new window.WebSocket('ws://127.0.0.1:65533/').close()
  const connection = new window.RTCPeerConnection()
  const [track] = window.document.createElement('canvas').captureStream().getTracks()
  connection.addTrack(track!)
  track!.stop()
  const text = await textWhenHidden()
  const read = readReport(text)
  expect(read).toEqual({ ok: true, value: JSON.parse(text) as unknown })
  expect(read.ok && read.value).toMatchObject({
    app,
    seq: 1,
    pages: [{ page: '/calls/:id', attempts: 1, peerconnections: 1 }],
    findings: [{ kind: 'peerconnections', page: '/calls/:id', count: 1 }],
  })
})
