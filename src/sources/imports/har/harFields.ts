import type { Fields } from './jsonPicker.ts'

/** Headers of a reply that are read, in small letters. */
export const HAR_HEADERS = ['inin-correlation-id', 'date', 'age'] as const

/**
 * What is read of an entry, of which it is a small part: a field that `harEntry` asks for stands here.
 * Source: HAR 1.2 (softwareishard.com/blog/har-12-spec); what begins with `_` is a browser's own.
 */
export const HAR_FIELDS: Fields = {
  fields: {
    startedDateTime: 'whole',
    time: 'whole',
    request: { fields: { method: 'whole', url: 'whole' } },
    response: {
      fields: {
        status: 'whole',
        statusText: 'whole',
        headers: { itemsNamed: HAR_HEADERS },
        // Bodies are most of a recording; only those of failures are read.
        content: { fields: { text: 'aside', encoding: 'whole' } },
        _failureText: 'whole',
        _error: 'whole',
        _transferSize: 'whole',
      },
    },
    timings: 'whole',
    _fromCache: 'whole',
    _resourceType: 'whole',
    _webSocketMessages: 'lastItem',
  },
}
