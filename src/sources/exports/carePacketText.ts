import { formatCount } from '#domain/format.ts'
import type { CarePacket } from './carePacket.ts'
import { movesText, rangeText } from './words/limitTable.ts'

/** The packet to paste into a case: plain lines, all times in UTC. */
export function carePacketText(packet: CarePacket): string {
  const { organisation, window, evidence, sources } = packet
  const about = organisation
    ? [
        `Organisation: ${organisation.name}`,
        `Organisation id: ${organisation.id}`,
        `Region: ${organisation.region}`,
        `Domain: ${organisation.domain}`,
      ]
    : ['Organisation: not known, the incident is made of files alone']
  const blocks = [
    packet.simulated === null ? [] : [packet.simulated],
    [
      'Genesys Care packet, written by Tidemark',
      ...about,
      `Window: ${window.fromUtc} to ${window.toUtc} (UTC)`,
    ],
    ['Evidence', `${evidence.word}. ${evidence.sentence}`, evidence.against, evidence.trust],
    limitLines(packet),
    peakLines(packet),
    replyLines(packet),
    ['What was tried', ...orElse(packet.tried, 'No limit was changed in this window.')],
    [
      'Sources',
      ...orElse(
        sources.map(({ name, kind, clock }) => `${name}, ${kind}; clock ${clock}`),
        'None named.',
      ),
    ],
    notIncludedLines(packet),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .join('\n\n')}\n`
}

/** The same as JSON, for whoever reads it with a program. */
export const carePacketJson = (packet: CarePacket) => `${JSON.stringify(packet, null, 2)}\n`

const orElse = (lines: readonly string[], otherwise: string) =>
  lines.length > 0 ? lines : [otherwise]

const valueText = (value: number | null) => (value === null ? 'unknown' : formatCount(value))

function limitLines({ limits }: CarePacket): string[] {
  const named = limits.namedByServer.map(
    ({ namespace, key, value, replies }) =>
      `Named by the server in ${formatCount(replies)} ${replies === 1 ? 'reply' : 'replies'}: namespace ${namespace ?? 'not said'}, key ${key ?? 'not said'}, value ${value === null ? 'not said' : formatCount(value)}`,
  )
  const inForce = limits.inForce.map(
    ({ metric, source, value, fromUtc }) =>
      `${metric}: ${valueText(value)}, ${fromUtc === null ? 'in force when the window began' : `from ${fromUtc}`}; ${source}`,
  )
  const moving = limits.moving.map(
    (limit) => `${limit.metric}: ${rangeText(limit)}, ${movesText(limit)}; ${limit.source}`,
  )
  const lines = [...named, ...inForce, ...moving]
  return [
    'Limits',
    ...(named.length === 0 ? ['No reply named a limit.'] : []),
    ...orElse(lines, 'No limit is known.'),
  ]
}

function peakLines({ peak, levelTitle }: CarePacket): string[] {
  if (peak.length === 0) return ['Refusals per minute', 'Nothing was refused in this window.']
  return [
    'Refusals per minute around the highest, UTC',
    ...peak.map(({ minuteUtc, refused, attempts, level, limit }) =>
      [
        `${minuteUtc.slice(0, 16)}Z: ${formatCount(refused)} refused`,
        attempts === null ? '' : `${formatCount(attempts)} attempts`,
        level === null || levelTitle === null
          ? ''
          : `${levelTitle} ${formatCount(level)} of ${valueText(limit)}`,
      ]
        .filter((part) => part !== '')
        .join(', '),
    ),
  ]
}

function replyLines({ replies }: CarePacket): string[] {
  const { total, first } = replies
  if (total === 0) return ['Correlation ids (ININ-Correlation-Id)', 'None: no source recorded any.']
  const shown = first.length < total ? `first ${formatCount(first.length)} of ` : ''
  return [
    `Correlation ids (ININ-Correlation-Id), ${shown}${formatCount(total)}`,
    ...first.map(
      ({ correlationId, utc, status, class: name, route }) =>
        `${utc} ${correlationId} ${status === null ? 'no status' : status} ${name}${route === null ? '' : ` ${route}`}`,
    ),
  ]
}

function notIncludedLines({ notIncluded }: CarePacket): string[] {
  const kinds = notIncluded.map(({ what, count }) => `${formatCount(count)} × ${what}`)
  return [
    'What is not in it',
    `Secrets taken out: ${kinds.length === 0 ? 'none were found' : kinds.join(', ')}.`,
    'Notes that people wrote, requests and replies themselves, and names of users.',
  ]
}
