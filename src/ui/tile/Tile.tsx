import type { Provenance, Scope, Thresholds } from '#domain/metrics/metric.ts'
import { STATE_WORDS } from '../glyphs/displayState.ts'
import { ProvenanceChip } from '../glyphs/ProvenanceChip.tsx'
import { StateGlyph } from '../glyphs/StateGlyph.tsx'
import classes from './Tile.module.css'
import type { TileReading } from './tileReading.ts'
import { UsageBar } from './UsageBar.tsx'

type Props = {
  reading: TileReading
  thresholds: Thresholds
  provenance: Provenance
  scope: Scope
  /** Offered on a tile that is off. */
  onTryNow?: (() => void) | undefined
  /** Makes the title a button that shows the metric's series. */
  onShow?: (() => void) | undefined
}

/** One metric in five lines: state, value and limit, bar, details, provenance. */
export function Tile({ reading, thresholds, provenance, scope, onTryNow, onShow }: Props) {
  const { title, state } = reading
  return (
    <article
      className={classes.tile}
      data-state={state}
      aria-label={`${title}: ${STATE_WORDS[state]}`}
    >
      <header className={classes.head}>
        <StateGlyph state={state} />
        <h3 className={classes.name}>
          {onShow ? (
            <button
              type="button"
              className={classes.show}
              title="Show in the chart"
              onClick={onShow}
            >
              {title}
            </button>
          ) : (
            title
          )}
        </h3>
        <span className={classes.word}>{STATE_WORDS[state]}</span>
      </header>
      {reading.off ? (
        <Off {...reading.off} onTryNow={onTryNow} />
      ) : (
        <>
          <Value reading={reading} />
          {state === 'blind' ? (
            <div className={classes.noBar} />
          ) : (
            <UsageBar
              usedRatio={reading.usedRatio}
              state={isUsage(state) ? state : 'none'}
              thresholds={thresholds}
            />
          )}
          <Details reading={reading} />
          {state === 'loading' ? null : (
            <p className={classes.source}>
              <ProvenanceChip provenance={provenance} scope={scope} />
            </p>
          )}
        </>
      )}
    </article>
  )
}

const isUsage = (state: string) =>
  state === 'ok' || state === 'warn' || state === 'critical' || state === 'atLimit'

function Value({ reading: { state, value, limit, used } }: { reading: TileReading }) {
  if (state === 'loading') return <div className={classes.quiet} />
  if (value === null) return <p className={classes.value}>–</p>
  return (
    <p className={classes.values}>
      <b className={classes.value}>{value}</b>
      {limit === null ? (
        <span className={classes.unknown}>limit unknown</span>
      ) : (
        <span className={classes.limit}>/ {limit}</span>
      )}
      {used === null ? null : <span className={classes.used}>{used}</span>}
    </p>
  )
}

/** Parts that do not fit beside the ones before them are left out whole, never cut. */
function Details({ reading: { details, state } }: { reading: TileReading }) {
  const [first, ...more] = details
  if (first === undefined) return null
  const isStale = state === 'stale'
  return (
    <p className={classes.details}>
      <span className={classes.detail}>{isStale && more.length > 0 ? <b>{first}</b> : first}</span>
      <span className={classes.more}>
        {more.map((detail) => (
          <span key={detail} className={classes.detail}>
            <span className={classes.dot}>{isStale ? ', ' : ' · '}</span>
            {detail}
          </span>
        ))}
      </span>
    </p>
  )
}

type OffProps = NonNullable<TileReading['off']> & { onTryNow?: (() => void) | undefined }

function Off({ reason, permission, onTryNow }: OffProps) {
  return (
    <>
      <p className={classes.reason}>
        {permission === null ? (
          reason
        ) : (
          <>
            Permission missing:
            <code className={classes.permission}>{permission}</code>
          </>
        )}
      </p>
      <p className={classes.advice}>
        {permission === null ? null : <span>Ask an administrator</span>}
        {onTryNow ? (
          <button type="button" className={classes.try} onClick={onTryNow}>
            Try now
          </button>
        ) : null}
      </p>
    </>
  )
}
