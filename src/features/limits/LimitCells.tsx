import { formatCount, formatPercent } from '#domain/format.ts'
import type { LimitRow, LimitUse } from '#domain/limits/limitRows.ts'
import { valueWords } from '#ui/tile/tileReading.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import { UsageBar } from '#ui/tile/UsageBar.tsx'
import { DottedName } from './DottedName.tsx'
import { PendingStep } from './PendingStep.tsx'
import { sourceText } from './sourceText.ts'
import { limitUseWords } from './limitUseWords.ts'
import classes from './LimitTable.module.css'

type Props = {
  row: LimitRow
  dayPeak: number | null
  weekPeak: number | null
  isWeekKnown: boolean
  zone: string
}

/** The cells of one limit: its use and headroom, or one phrase across them that says why not. */
export function LimitCells({ row, dayPeak, weekPeak, isWeekKnown, zone }: Props) {
  const { title, metric, key, scope, isScopeGuessed, use, headroom } = row
  const { defaultValue, effective, told, request } = row
  const peak = (value: number | null, isKnown: boolean) => {
    if (value === null || !metric) return isKnown ? '–' : '…'
    return valueWords(value, metric)
  }
  return (
    <>
      <th scope="row" className={classes.name}>
        {key ? <DottedName name={title} /> : title}{' '}
        <span className={classes.scope} title={isScopeGuessed ? GUESSED : undefined}>
          {scope}
        </span>
        {key && metric ? <span className={classes.counted}>{metric.title}</span> : null}
      </th>
      {use.kind === 'measured' && metric ? (
        <>
          <td>
            <span className={classes.used}>
              <StateGlyph state={use.isStale ? 'stale' : use.state} />
              <span className={classes.bar}>
                <UsageBar
                  usedRatio={use.isStale ? null : use.ratio}
                  state={use.state === 'unknown' ? 'none' : use.state}
                  thresholds={metric.thresholds}
                />
              </span>
            </span>
          </td>
          <td className={classes.right} data-stale={use.isStale}>
            <b>{valueWords(use.value, metric)}</b>{' '}
            <span className={classes.share}>
              {use.ratio === null || use.isStale ? '–' : formatPercent(use.ratio)}
            </span>
          </td>
          <td className={classes.right}>{headroom === null ? 'unknown' : formatCount(headroom)}</td>
        </>
      ) : (
        <td colSpan={3} className={classes.why}>
          <Reason use={use} zone={zone} />
        </td>
      )}
      <td className={classes.right}>
        {metric ? `${peak(dayPeak, true)} / ${peak(weekPeak, isWeekKnown)}` : '–'}
      </td>
      <td className={`${classes.right} ${classes.quiet}`}>
        {defaultValue === null ? 'not published' : formatCount(defaultValue)}
      </td>
      <td className={classes.right}>
        {effective?.value !== null && effective !== null ? (
          <b>{formatCount(effective.value)}</b>
        ) : (
          <span className={classes.quiet} title={effective?.source}>
            {told === null ? 'unknown' : `told: ${formatCount(told)}`}
          </span>
        )}
      </td>
      <td className={classes.right}>
        {request ? (
          <span className={classes.requested} title={`${request.status}, change request`}>
            <PendingStep />
            {formatCount(request.requestedValue)}
          </span>
        ) : (
          '–'
        )}
      </td>
      <td className={`${classes.source} ${classes.quiet}`} title={effective?.source}>
        {sourceText(row, zone)}
      </td>
    </>
  )
}

const GUESSED = 'Read off the name of the key: the registry does not say whose use is counted.'

function Reason({ use, zone }: { use: LimitUse; zone: string }) {
  const { state, lead, reason } = limitUseWords(use, zone)
  return (
    <span className={classes.reason}>
      <StateGlyph state={state} />
      <span>
        <b>{lead}</b>
        {reason ? `: ${reason}` : ''}
      </span>
    </span>
  )
}
