/** Why a file could not be read or written, without its path: Node's own messages hold it. */
export function fileReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message
}
