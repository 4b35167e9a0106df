import { SourceError } from '#sources/sourceError.ts'
import { messageOf } from '../messageOf.ts'

/** Why an audit could not be made, and what helps: two sentences. */
export type AuditFailure = { problem: string; remedy: string }

/** What an audit that broke off met. */
export function auditFailureOf(error: unknown): AuditFailure {
  const problem = `The audit broke off: ${messageOf(error).replace(/\.?$/, '.')}`
  return { problem, remedy: remedyFor(error) }
}

function remedyFor(error: unknown): string {
  switch (error instanceof SourceError ? error.kind : null) {
    case 'unauthorised':
      return 'Sign in, then audit again.'
    case 'forbidden':
      return 'Ask for the permission, then audit again.'
    case 'rateLimited':
      return 'The organisation answers too many requests: wait a few minutes, then audit again.'
    case 'network':
    case 'timeout':
      return 'Check the connection to Genesys Cloud, then audit again.'
    case 'unavailable':
      return 'Genesys Cloud could not answer: wait a few minutes, then audit again.'
    default:
      return 'Audit again; if it goes on, Diagnostics shows which call fails.'
  }
}
