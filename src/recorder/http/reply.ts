/** What is answered to one request. */
export type HttpReply = {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

const JSON_TYPE = 'application/json; charset=utf-8'

export const jsonReply = (
  status: number,
  value: unknown,
  headers: HttpReply['headers'] = {},
): HttpReply => ({
  status,
  headers: { 'Content-Type': JSON_TYPE, ...headers },
  body: `${JSON.stringify(value)}\n`,
})

/** A refusal, with its reason in one sentence. */
export const refusal = (status: number, message: string, headers: HttpReply['headers'] = {}) =>
  jsonReply(status, { message }, headers)
