import * as z from 'zod/mini'
import { parseShape } from '../../shape.ts'
import type { FilePass, Hears } from '../filePass.ts'
import { createLines, type Line } from '../lines.ts'
import { createK6Points, K6_METRICS } from './k6Points.ts'

const pointShape = z.object({
  metric: z.string(),
  data: z.object({
    time: z.string(),
    value: z.number(),
    tags: z.optional(z.nullable(z.record(z.string(), z.string()))),
  }),
})

/** Most lines are of metrics that are not read: their text is not parsed. */
const NAMES_A_METRIC = /"metric":\s*"(\w+)"/

/** Reads what `k6 run --out json=FILE` writes: one JSON object a line, definitions and points. */
export function openK6JsonPass(name: string, _head: string, hears: Hears): FilePass {
  const points = createK6Points(name, 'k6-json', hears)

  function take({ text, number, isTooLong }: Line) {
    if (isTooLong) return points.reject(number, 'the line is longer than a million bytes')
    const metric = NAMES_A_METRIC.exec(text)?.[1]
    const isWhole = text.startsWith('{') && text.trimEnd().endsWith('}')
    if (isWhole && metric !== undefined && !K6_METRICS.has(metric)) return
    const json = parsed(text)
    if (json === undefined) return points.reject(number, 'the line is no JSON')
    if (isDefinition(json)) return
    const point = parseShape(pointShape, json)
    if (!point.ok) return points.reject(number, `no point of k6: ${point.problem}`)
    const { data } = point.value
    if (!K6_METRICS.has(point.value.metric)) return
    points.take(
      { metric: point.value.metric, time: data.time, value: data.value, tags: data.tags ?? {} },
      number,
    )
  }

  const lines = createLines(take)
  return {
    push: lines.push,
    end() {
      lines.end()
      return points.end()
    },
  }
}

const isDefinition = (json: unknown) =>
  typeof json === 'object' && json !== null && 'type' in json && json.type === 'Metric'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
