import type { OrgFacts } from '#monitor/orgFacts.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './ProbeTable.module.css'
import { probeRows } from './probe.ts'

/** A line per call: whether it works, why not, and which series depend on it. */
export const ProbeTable = (facts: Pick<OrgFacts, 'sources' | 'metrics'>) => (
  <table className={classes.table}>
    <caption className="visually-hidden">What each call answered</caption>
    <thead>
      <tr>
        <th>Call</th>
        <th>Answer</th>
        <th>Feeds</th>
      </tr>
    </thead>
    <tbody>
      {probeRows(facts).map(({ id, title, glyph, word, feeds, reason }) => (
        <tr key={id}>
          <th scope="row">{title}</th>
          <td>
            <span className={classes.state}>
              <StateGlyph state={glyph} sizePx={10} />
              {word}
            </span>
            {reason ? <span className={classes.reason}>{reason}</span> : null}
          </td>
          <td>{feeds ?? 'no series'}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
