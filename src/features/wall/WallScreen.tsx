import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react'
import type { ThemeName } from '#domain/charts/themeColours.ts'
import type { EpochMs, OrgId } from '#domain/units.ts'
import { type ClockTrace, clockStands, clockTrace } from '#domain/wall/wallBlindness.ts'
import type { WallLayout } from '#domain/wall/wallLayout.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { Chime } from '#state/chime.ts'
import type { WallSetUp } from '#state/link/wallLink.ts'
import type { StandingBoard } from '#state/standing/standing.ts'
import { useStandingList } from '#state/standing/useStanding.ts'
import { useSecond } from '#state/useSecond.ts'
import { BlindWall, type WallTrouble } from './BlindWall.tsx'
import { FailedTile } from './FailedTile.tsx'
import { PinnedHalf } from './PinnedHalf.tsx'
import { StoppedCover } from './StoppedCover.tsx'
import { TileBoundary } from './TileBoundary.tsx'
import { useWallNews } from './useWallNews.ts'
import classes from './Wall.module.css'
import { WallHeader } from './WallHeader.tsx'
import { wallPicture } from './wallPicture.ts'
import { wallReading } from './wallReading.ts'
import { WallRow } from './WallRow.tsx'
import { tallyWords } from './wallWords.ts'

type Props = {
  setUp: WallSetUp
  layout: WallLayout
  board: StandingBoard
  /** Of an organisation that is watched; null for another. */
  monitorOf: (id: OrgId) => OrgMonitor | null
  /** The clock here. Stable. */
  clock: () => EpochMs
  /** IANA zone, also where the set-up names none. */
  zone: string
  /** Null: the wall is silent. */
  chime: Pick<Chime, 'play'> | null
  /** Said where there is no organisation to show: why. */
  emptyWords: string
  /** Hears whether the wall sees nothing at all. Stable. */
  onBlind?: (isBlind: boolean) => void
  /** Somebody at the keyboard wants the set-up back. */
  onLeave: () => void
}

/** A screen that hangs for weeks: no controls, nothing to click, nothing that an unattended machine would need a hand for. */
export function WallScreen(props: Props) {
  const { setUp, layout, board, monitorOf, clock, zone, chime, emptyWords, onLeave } = props
  const now = useSecond(clock)
  const [startedAt] = useState(clock)
  const { organisations } = useStandingList(board)
  const { organisations: chosen } = setUp
  const shown = organisations.filter(({ id }) => chosen === null || chosen.includes(id))
  const standings = shown.map((organisation) => board.standing(organisation.id))
  const readings = shown.map((organisation, i) => wallReading(organisation, standings[i] ?? null))
  const ages = standings.flatMap((one) => (one?.kind === 'watched' ? (one.ageMs ?? []) : []))
  const fresh = useWallNews(readings, chime)
  const isClockStanding = useStandingClock(clock, now)
  useEscape(onLeave)

  const { tiles, dwellMs, night } = setUp
  const picture = wallPicture({ readings, layout, tiles, dwellMs, zone, night, startedAt, now })
  const { pinned, rows, deafSince } = picture
  // The light theme is too bright for a dark room, however far it is dimmed.
  const theme: ThemeName = picture.isNight ? 'dark' : setUp.theme
  const simulated = readings.filter(({ isSimulated }) => isSimulated).length
  const isMixed = simulated > 0 && simulated < readings.length
  const trouble: WallTrouble | null = isClockStanding
    ? { kind: 'clockStands' }
    : deafSince === null
      ? null
      : { kind: 'deaf', since: deafSince, organisations: readings.length }
  const isBlind = trouble !== null
  const { onBlind } = props
  useEffect(() => onBlind?.(isBlind), [isBlind, onBlind])
  const common = { layout, theme, now, zone }
  const sizes = useMemo(() => sizesOf(layout), [layout])
  return (
    <main
      className={classes.wall}
      data-theme={theme}
      data-dimmed={picture.opacity < 1}
      style={sizes}
      aria-label="Wall"
    >
      <div
        className={classes.stage}
        style={{
          opacity: picture.opacity,
          transform: `translate(${picture.orbit.x}px, ${picture.orbit.y}px)`,
        }}
      >
        <WallHeader
          tally={trouble ? 'Blind' : tallyWords(readings, picture.isRotating, layout)}
          ageMs={ages.length > 0 ? Math.min(...ages) : null}
          now={now}
          zone={zone}
          isSwapped={picture.isSwapped}
        />
        {simulated > 0 ? (
          <p className={classes.ribbon}>
            <span>
              {isMixed
                ? `${simulated} of ${readings.length} are simulated`
                : 'Simulated: nothing here comes from Genesys Cloud'}
            </span>
          </p>
        ) : null}
        {trouble ? (
          <BlindWall trouble={trouble} isOnline={navigator.onLine} {...common} />
        ) : (
          <div className={classes.body}>
            {pinned ? (
              <TileBoundary
                key={`pinned ${pinned.id}`}
                fallback={<FailedTile name={pinned.name} />}
              >
                <PinnedHalf
                  reading={pinned}
                  monitorOf={monitorOf}
                  isNew={fresh.has(pinned.id)}
                  {...common}
                />
              </TileBoundary>
            ) : null}
            <ul className={classes.rows} aria-label="Organisations, worst first">
              {rows.map((reading) => (
                <li key={reading.id} className={classes.place}>
                  <TileBoundary fallback={<FailedTile name={reading.name} />}>
                    <WallRow
                      reading={reading}
                      monitorOf={pinned ? NO_CHART : monitorOf}
                      isMixed={isMixed}
                      {...common}
                    />
                  </TileBoundary>
                </li>
              ))}
            </ul>
            {readings.length === 0 ? <p className={classes.nobody}>{emptyWords}</p> : null}
          </div>
        )}
      </div>
      <StoppedCover now={now} />
    </main>
  )
}

/** Beside the pinned half rows have no room for a chart. */
const NO_CHART = () => null

/** Sizes as CSS variables, so that the style sheet says what stands where and the layout how large. */
const sizesOf = (layout: WallLayout): CSSProperties => {
  const sizes = {
    '--wall-width': layout.screen.width,
    '--wall-height': layout.screen.height,
    '--text': layout.text,
    '--clock': layout.clock,
    '--number': layout.number,
    '--headline': layout.headline,
    '--value': layout.value,
    '--header': layout.header,
    '--ribbon': layout.ribbon,
    '--margin': layout.margin,
    '--pinned-width': layout.pinnedWidth,
    '--rule': layout.rule,
    '--line': layout.line,
    '--words': (layout.rowLines - 1) * layout.line,
  }
  return Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, `${size}px`]))
}

function useEscape(onLeave: () => void) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onLeave()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [onLeave])
}

const LOOK_EVERY_MS = 1_000

/** Whether the machine's clock stands although time passes; looked at by a timer, since no second begins then. */
function useStandingClock(clock: () => EpochMs, now: EpochMs): boolean {
  const traceRef = useRef<ClockTrace | null>(null)
  const [isStanding, setStanding] = useState(false)
  useEffect(() => {
    const look = () => {
      const passedMs = performance.now()
      traceRef.current = clockTrace(traceRef.current, clock(), passedMs)
      setStanding(clockStands(traceRef.current, passedMs))
    }
    look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [clock, now])
  return isStanding
}
