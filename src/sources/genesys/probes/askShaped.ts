import * as z from 'zod/mini'
import { parseShape } from '../../shape.ts'
import { askJson, type Call } from '../client.ts'
import { failGenesys } from '../genesysError.ts'
import { routeOf } from '../route.ts'
import { outlineOf } from './outline.ts'
import type { ProbeTools } from './probe.ts'

/** Asks for JSON of any shape: for replies that are described nowhere. Throws as `askJson` does. */
export const askAnything = ({ context, connection }: ProbeTools, call: Call): Promise<unknown> =>
  askJson(context, connection, call, z.unknown())

/**
 * Asks, and vouches for the shape; where it is another, the error names the field and tells what
 * shape came. Throws as `askJson` does.
 */
export async function askShaped<T>(
  tools: ProbeTools,
  call: Call,
  shape: z.ZodMiniType<T>,
): Promise<T> {
  const reply = await askAnything(tools, call)
  const parsed = parseShape(shape, reply)
  if (parsed.ok) return parsed.value
  const route = routeOf(call.method, call.path)
  throw failGenesys(
    'unexpectedShape',
    `${route} answered something unexpected: ${parsed.problem}. It came as ${outlineOf(reply)}.`,
    { route, status: 200 },
  )
}
