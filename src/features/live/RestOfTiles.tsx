import { STATE_WORDS } from '#ui/glyphs/displayState.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import { restWords } from './restWords.ts'
import classes from './RestOfTiles.module.css'
import type { ListedTile } from './tileList.ts'

/** So many lines find room in a tile. */
const LINES = 3

type Props = { tiles: readonly ListedTile[]; onShowAll: () => void }

/** The tiles for which there is no room, a line each: state, name, share or value. */
export function RestOfTiles({ tiles, onShowAll }: Props) {
  return (
    <div className={classes.rest}>
      <button type="button" className={classes.title} aria-expanded={false} onClick={onShowAll}>
        {restWords(tiles, LINES)}
      </button>
      <ul className={classes.list}>
        {tiles.slice(0, LINES).map(({ metric, reading: { title, state, value, used } }) => (
          <li key={metric.id} className={classes.line}>
            <StateGlyph state={state} sizePx={10} />
            <span className={classes.name}>{title}</span>
            <span className="visually-hidden">{STATE_WORDS[state]}</span>
            <span>{used ?? value ?? STATE_WORDS[state].toLowerCase()}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
