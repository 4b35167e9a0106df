import type { WallLayout } from '#domain/wall/wallLayout.ts'
import classes from './WallSetUp.module.css'

type Props = { layout: WallLayout; tiles: number }

/** The measures of the wall, drawn small: where everything stands and how large its letters are. */
export function WallPreview({ layout, tiles }: Props) {
  const { screen, header, ribbon, margin, pinnedWidth, rule, text, number, headline, value } =
    layout
  const top = header + ribbon
  const left = pinnedWidth + margin
  const right = screen.width - margin
  const step = layout.rowsHeight / tiles
  const middle = margin + 0.4 * pinnedWidth
  return (
    <svg
      className={classes.preview}
      viewBox={`0 0 ${screen.width} ${screen.height}`}
      role="img"
      aria-label={`Preview: header, pinned half, ${tiles} rows`}
      fill="var(--ink)"
    >
      <rect width={screen.width} height={screen.height} fill="var(--bg)" />
      <text x={margin} y={header / 2 + 0.35 * text} fontSize={text} fontWeight="600">
        Not well
      </text>
      <text x={right} y={header / 2 + 0.35 * text} fontSize={text} textAnchor="end">
        Age, clock
      </text>
      {ribbon > 0 ? (
        <rect y={header} width={screen.width} height={ribbon} fill="var(--hair)" />
      ) : null}
      <rect y={top} width={pinnedWidth} height={screen.height - top} fill="var(--panel)" />
      <rect y={top} width={pinnedWidth} height={rule} fill="var(--crit)" />
      <text x={margin} y={top + 1.2 * headline} fontSize={headline} fontWeight="700">
        Word
      </text>
      <text x={margin} y={top + 1.2 * headline + 1.6 * text} fontSize={text}>
        Name, metric
      </text>
      <text
        x={margin}
        y={top + 1.2 * headline + 1.9 * text + value}
        fontSize={value}
        fontWeight="650"
      >
        Value
      </text>
      <text x={middle} y={screen.height - 0.9 * text} fontSize={text} textAnchor="middle">
        Last hour, refused
      </text>
      {Array.from({ length: tiles }, (_, i) => (
        <g key={i} transform={`translate(0 ${top + rule + i * step})`}>
          <rect x={left} width={right - left} height={rule / 4} fill="var(--edge)" />
          <text x={left} y={step / 2 - 0.15 * text} fontSize={text} fontWeight="600">
            Name {i + 1}
          </text>
          <text x={left} y={step / 2 + 0.9 * text} fontSize={text} fill="var(--ink2)">
            Word, value / limit
          </text>
          <text
            x={right}
            y={step / 2 + 0.35 * number}
            fontSize={number}
            fontWeight="650"
            textAnchor="end"
          >
            %
          </text>
        </g>
      ))}
    </svg>
  )
}
