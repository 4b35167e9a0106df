import type { Embedding } from '#sources/genesys/embedding.ts'
import { regionOfDomain } from '#sources/genesys/regions.ts'
import classes from './ConnectForm.module.css'

/** What Genesys Cloud said when it opened this page in a frame; nothing where it did not. */
export function EmbeddingNote({ embedding }: { embedding: Embedding | null }) {
  if (!embedding) return null
  const region = embedding.domain === null ? null : regionOfDomain(embedding.domain)
  return (
    <p className={classes.said}>
      {region
        ? `Opened inside Genesys Cloud, which names its region: ${region.place}, ${region.domain}.`
        : embedding.problem}
    </p>
  )
}
