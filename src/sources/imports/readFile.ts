import { bytePieces, type ByteSource } from './byteSource.ts'
import type { FileImport, ImportProgress } from './fileImport.ts'
import type { Hears } from './filePass.ts'
import { openPass } from './openPass.ts'
import { createTextIntake } from './textIntake.ts'

export type ReadFileOptions = Hears & {
  /** The file's name: for messages, and as the origin of its series. */
  name: string
  onProgress?: ((progress: ImportProgress) => void) | undefined
  signal?: AbortSignal | undefined
}

/** Progress is told per percent: more than a screen can show would only cost it work. */
const PROGRESS_STEPS = 100

/**
 * Reads a file of any known format in one streaming pass. Throws ImportError when it is refused as a
 * whole, and the signal's reason when aborted; broken records are left out and told.
 */
export async function readFile(file: ByteSource, options: ReadFileOptions): Promise<FileImport> {
  const { name, onProgress, signal } = options
  const intake = createTextIntake(name, (head) => openPass(name, head, options))
  let bytes = 0
  let toldBytes = 0
  for await (const piece of bytePieces(file, name, signal)) {
    intake.push(piece)
    bytes += piece.length
    if (bytes < file.size && bytes - toldBytes < file.size / PROGRESS_STEPS) continue
    toldBytes = bytes
    onProgress?.({ bytes, totalBytes: file.size })
  }
  return intake.end().end()
}
