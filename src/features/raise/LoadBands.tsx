import type { Certificate } from '#domain/limits/certificate.ts'
import type { BandSide } from '#domain/limits/certificateBands.ts'
import { bandShare, bandSideText, bandText } from '#sources/exports/words/certificateTables.ts'
import classes from './Certificate.module.css'

/** Refused share by load, before and after under each other. */
export function LoadBands({ certificate }: { certificate: Certificate }) {
  const { bands, result } = certificate
  if (bands.length === 0)
    return (
      <p className={classes.quiet}>Attempts are not counted: there is no load to compare by.</p>
    )
  const shares = bands.flatMap(({ before, after }) => [
    bandShare(before) ?? 0,
    bandShare(after) ?? 0,
  ])
  const most = Math.max(0.001, ...shares)
  const what = result.matchedOn === 'demand' ? 'First attempts' : 'Attempts'
  return (
    <table className={classes.bands}>
      <thead>
        <tr>
          <th scope="col">{what} a minute</th>
          <th scope="col" colSpan={3}>
            Refused share
          </th>
        </tr>
      </thead>
      {bands.map((band) => (
        <tbody key={band.from}>
          <tr>
            <th scope="rowgroup" rowSpan={2}>
              {bandText(band)}
            </th>
            <Side name="before" side={band.before} most={most} />
          </tr>
          <tr>
            <Side name="after" side={band.after} most={most} />
          </tr>
        </tbody>
      ))}
    </table>
  )
}

type SideProps = { name: 'before' | 'after'; side: BandSide; most: number }

function Side({ name, side, most }: SideProps) {
  const share = bandShare(side)
  return (
    <>
      <th scope="row" className={classes.when}>
        {name}
      </th>
      <td className={classes.track}>
        {share ? (
          <span
            className={classes.bar}
            data-when={name}
            // What is not nothing is seen.
            style={{ width: `max(2px, ${(share / most) * 100}%)` }}
          />
        ) : null}
      </td>
      <td className={classes.bandValue}>{bandSideText(side)}</td>
    </>
  )
}
