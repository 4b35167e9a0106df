import { Button } from '@mantine/core'
import { useCallback, useState } from 'react'
import { formatDuration } from '#domain/format.ts'
import { MOST_QUERIES, type PromqlQuery } from '#sources/config/promqlQuery.ts'
import type { QueryTrial } from '#sources/config/tryQuery.ts'
import { ProvenanceChip } from '#ui/glyphs/ProvenanceChip.tsx'
import { Toast } from '#ui/notes/Toast.tsx'
import { GROUPS } from './queryDraft.ts'
import { QueryForm } from './QueryForm.tsx'
import classes from './QueryForm.module.css'
import table from './table.module.css'

type Props = {
  queries: readonly PromqlQuery[]
  /** Where they are asked; null: nowhere yet. */
  url: string | null
  onTry: (url: string, query: PromqlQuery) => Promise<QueryTrial>
  onChange: (queries: PromqlQuery[]) => Promise<void>
}

const NEW = 'new'

/** PromQL queries that are metrics: each is asked again and again, and has a tile or a chart on Live. */
export function QueryList({ queries, url, onTry, onChange }: Props) {
  const [open, setOpen] = useState<string | null>(null)
  const [removed, setRemoved] = useState<{ text: string; undo: () => void } | null>(null)
  const gone = useCallback(() => setRemoved(null), [])
  const close = () => setOpen(null)
  const trial = url === null ? null : (query: PromqlQuery) => onTry(url, query)

  async function save(query: PromqlQuery) {
    const isKnown = queries.some(({ id }) => id === query.id)
    await onChange(
      isKnown ? queries.map((one) => (one.id === query.id ? query : one)) : [...queries, query],
    )
    close()
  }

  async function remove(query: PromqlQuery) {
    close()
    await onChange(queries.filter(({ id }) => id !== query.id))
    setRemoved({
      text: `${query.title} is asked no more.`,
      undo: () => void onChange([...queries]),
    })
  }

  const formFor = (known: PromqlQuery | null) => (
    <QueryForm
      key={known?.id ?? NEW}
      known={known}
      others={queries.filter((one) => one !== known)}
      onTry={trial}
      onSave={(query) => void save(query)}
      onGone={close}
    />
  )

  return (
    <div className={classes.queries}>
      <h3 className={classes.title}>Queries as metrics</h3>
      <p>{countWords(queries.length, url)}</p>
      {queries.length > 0 ? (
        <table className={table.table}>
          <thead>
            <tr>
              <th>Name</th>
              <th>PromQL</th>
              <th>Chart</th>
              <th>What it is</th>
              <th>Every</th>
              <th>
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          {queries.map((query) => (
            <tbody key={query.id}>
              <tr>
                <td className={table.name}>{query.title}</td>
                <td className={`${table.code} ${classes.promql}`}>{query.query}</td>
                <td>{GROUPS.find(({ value }) => value === query.group)?.label.split(',')[0]}</td>
                <td>
                  <ProvenanceChip provenance={query.provenance} scope={query.scope} />
                </td>
                <td className={table.nowrap}>{formatDuration(query.everyMs)}</td>
                <td>
                  <div className={table.acts}>
                    <Button
                      size="xs"
                      aria-label={`Edit ${query.title}`}
                      aria-expanded={open === query.id}
                      onClick={() => setOpen(open === query.id ? null : query.id)}
                    >
                      Edit
                    </Button>
                    <Button
                      size="xs"
                      aria-label={`Remove ${query.title}`}
                      onClick={() => void remove(query)}
                    >
                      Remove
                    </Button>
                  </div>
                </td>
              </tr>
              {open === query.id ? (
                <tr>
                  <td colSpan={6}>{formFor(query)}</td>
                </tr>
              ) : null}
            </tbody>
          ))}
        </table>
      ) : null}
      {open === NEW ? (
        formFor(null)
      ) : (
        <Button
          className={classes.add!}
          disabled={queries.length >= MOST_QUERIES}
          onClick={() => setOpen(NEW)}
        >
          Add a query
        </Button>
      )}
      {removed ? <Toast key={removed.text} {...removed} onGone={gone} /> : null}
    </div>
  )
}

function countWords(count: number, url: string | null): string {
  if (count === 0)
    return `What Prometheus counts already, e.g. the sockets at a proxy, becomes a metric; up to ${MOST_QUERIES} can. Its limit is typed on Limits.`
  const waits = url === null ? ' They are asked once an address is kept.' : ''
  return `${count} of at most ${MOST_QUERIES}. Their limits are typed on Limits.${waits}`
}
