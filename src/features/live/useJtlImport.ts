import { useCallback, useRef, useState } from 'react'
import type { EpochMs } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { JtlImport } from '#sources/imports/jtl/readJtl.ts'
import { spanOf } from './jtlWords.ts'

/** A dropped file, from the drop to its summary. */
export type JtlReading =
  | { kind: 'reading'; name: string; bytes: number; totalBytes: number }
  | { kind: 'read'; name: string; result: JtlImport }
  | { kind: 'failed'; name: string; message: string }

/**
 * Reads a JMeter file in its worker and hands what it holds to the monitor, as if it had been polled.
 * The importer is loaded with the first file. A newer file ends the reading of one before it.
 */
export function useJtlImport(monitor: OrgMonitor, onWindow: (from: EpochMs, to: EpochMs) => void) {
  const [reading, setReading] = useState<JtlReading | null>(null)
  const current = useRef<AbortController | null>(null)

  const close = useCallback(() => {
    current.current?.abort()
    current.current = null
    setReading(null)
  }, [])

  const read = useCallback(
    async (file: File) => {
      current.current?.abort()
      const controller = new AbortController()
      current.current = controller
      const { signal } = controller
      const { name } = file
      setReading({ kind: 'reading', name, bytes: 0, totalBytes: file.size })
      try {
        const { importJtl } = await import('#sources/imports/jtl/importJtl.ts')
        const result = await importJtl(file, {
          name,
          signal,
          onProgress: (progress) => {
            if (!signal.aborted) setReading({ kind: 'reading', name, ...progress })
          },
        })
        if (signal.aborted) return
        monitor.observe(result.observation)
        setReading({ kind: 'read', name, result })
        const span = spanOf(result)
        if (span) onWindow(span.from, span.to)
      } catch (error) {
        if (signal.aborted) return
        const message = error instanceof Error ? error.message : String(error)
        setReading({ kind: 'failed', name, message })
      }
    },
    [monitor, onWindow],
  )
  return { reading, read, close }
}
