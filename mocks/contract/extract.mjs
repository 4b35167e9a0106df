// Cuts the operations that the simulator plays, and every schema they lead to, out of a larger
// OpenAPI description: node mocks/contract/extract.mjs < openapi.json > mocks/contract/openapi.json
// The list of operations is `operations.json` beside this file; `supplement.json` describes those that
// the description lacks. What the description has wins.
import { readFileSync } from 'node:fs'

const beside = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const source = JSON.parse(readFileSync(0, 'utf8'))
const supplement = beside('./supplement.json')
const wanted = beside('./operations.json')
const known = {
  paths: { ...supplement.paths, ...source.paths },
  schemas: { ...supplement.components.schemas, ...source.components.schemas },
}

const schemas = {}
const nameOf = (ref) => ref.split('/').at(-1)

function collect(node) {
  if (Array.isArray(node)) for (const entry of node) collect(entry)
  else if (node && typeof node === 'object') {
    if (typeof node.$ref === 'string') {
      const name = nameOf(node.$ref)
      if (!schemas[name]) {
        schemas[name] = known.schemas[name]
        collect(schemas[name])
      }
    }
    for (const value of Object.values(node)) collect(value)
  }
}

const operations = {}
for (const [path, methods] of Object.entries(wanted))
  for (const method of methods) {
    const operation = known.paths[path]?.[method.toLowerCase()]
    if (!operation) throw new Error(`The description has no ${method} ${path}`)
    const reply = operation.responses['200']?.content?.['application/json']?.schema ?? null
    const body = operation.requestBody?.content?.['application/json']?.schema ?? null
    const key = `${method} ${path}`
    operations[key] = {
      operationId: operation.operationId,
      permissions: operation['x-permissions']?.permissions ?? [],
      errorCodes: operation['x-error-codes'] ?? {},
      reply,
      body,
    }
    collect(reply)
    collect(body)
  }
collect({ $ref: '#/components/schemas/ErrorBody' })

const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
const { version, description } = source.info
process.stdout.write(
  `${JSON.stringify({ source: { version, description }, operations, components: { schemas: sorted } })}\n`,
)
