import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Organisation } from '#domain/organisation.ts'
import type { PixelSize } from '#domain/wall/legibility.ts'
import { layoutOf, wallPlan } from '#domain/wall/wallLayout.ts'
import { type WallSearch, type WallSetUp, wallSearchOf, wallSetUpOf } from '#state/link/wallLink.ts'
import type { WakeLockState } from '#state/wakeLock.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import { remedyWords, sizeRows, WAKE_LOCK_WORDS } from './setUpWords.ts'
import { WallFields } from './WallFields.tsx'
import { WallPreview } from './WallPreview.tsx'
import classes from './WallSetUp.module.css'

type Props = {
  setUp: WallSetUp
  /** What of the address was not understood, or why nothing is shown yet. */
  notices: readonly string[]
  organisations: readonly Organisation[]
  /** This screen, in CSS pixels. */
  whole: PixelSize
  wakeLock: WakeLockState
  ownZone: string
  /** The whole address of a wall. */
  linkOf: (setUp: WallSetUp) => string
  onShow: (setUp: WallSetUp) => void
  /** Back to the other screens. */
  onLeave: () => void
}

/** How a wall is set up: screen, distance and what is on it. Below what can be read from there it is refused. */
export function WallSetUpScreen(props: Props) {
  const { notices, organisations, whole, wakeLock, ownZone, linkOf, onShow, onLeave } = props
  const [draft, setDraft] = useState<WallSearch>(() => wallSearchOf(props.setUp))
  const { setUp, isWhole } = wallSetUpOf(draft)
  const shown = organisations.filter(({ id }) => setUp.organisations?.includes(id) ?? true)
  const size = setUp.resolution ?? whole
  const place = {
    diagonalInches: setUp.diagonalInches,
    distanceM: setUp.distanceM,
    screen: size,
    whole: size,
    hasRibbon: shown.some(({ simulation }) => simulation !== null),
  }
  const ask = { ...place, tiles: setUp.tiles ?? layoutOf(place)?.tiles ?? 1 }
  const plan = isWhole ? wallPlan(ask) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (plan?.kind === 'fits') onShow(setUp)
  }
  return (
    <main className={classes.screen}>
      <h1 className={classes.title}>Set up a wall</h1>
      <p className={classes.lead}>
        A screen that hangs for weeks and is read from metres away. It has no controls; everything
        it needs is in its address. Escape leads back here.
      </p>
      {notices.map((notice) => (
        <p key={notice} className={classes.notice}>
          {notice}
        </p>
      ))}
      <form className={classes.columns} onSubmit={submit}>
        <WallFields
          draft={draft}
          organisations={organisations}
          whole={whole}
          ownZone={ownZone}
          onChange={(changed) => setDraft((before) => ({ ...before, ...changed }))}
        />
        <div className={classes.outcome}>
          {plan?.kind === 'fits' ? (
            <>
              <WallPreview layout={plan.layout} tiles={ask.tiles} />
              <SizeTable rows={sizeRows(plan.layout, ask)} distanceM={setUp.distanceM} />
              <label className={classes.link}>
                <span>Address of this wall</span>
                <span className={classes.linkRow}>
                  <input
                    readOnly
                    value={linkOf(setUp)}
                    onFocus={(event) => event.target.select()}
                  />
                  <CopyButton text={linkOf(setUp)} what="address" label="Copy" />
                </span>
              </label>
            </>
          ) : (
            <div role="status" className={classes.notice}>
              <p className={classes.strong}>
                {plan === null
                  ? 'A field is not understood.'
                  : `This cannot be read from ${setUp.distanceM} m.`}
              </p>
              <p>
                {plan === null
                  ? 'Beside it stands what it takes.'
                  : `Words need ${Math.round(plan.leastTextPx)} px there (16′ of arc), and the wall has no room for them. ${remedyWords(plan.remedies)}`}
              </p>
            </div>
          )}
          <p className={classes.small}>{WAKE_LOCK_WORDS[wakeLock]}</p>
          <div className={classes.actions}>
            <Button type="submit" variant="filled" disabled={plan?.kind !== 'fits'}>
              Show the wall
            </Button>
            <Button onClick={onLeave}>Leave</Button>
          </div>
        </div>
      </form>
    </main>
  )
}

type SizeTableProps = { rows: ReturnType<typeof sizeRows>; distanceM: number }

function SizeTable({ rows, distanceM }: SizeTableProps) {
  return (
    <table className={classes.sizes}>
      <caption>Letters as they are read from {distanceM} m</caption>
      <thead>
        <tr>
          <th scope="col">Words</th>
          <th scope="col">Size</th>
          <th scope="col">Angle</th>
          <th scope="col">Least</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, fontPx, arcMinutes, least }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{fontPx} px</td>
            <td>{arcMinutes.toFixed(1)}′</td>
            <td>{least}′</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
