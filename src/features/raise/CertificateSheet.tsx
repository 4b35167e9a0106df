import { certificateWords } from '#domain/limits/certificateWords.ts'
import { type Certificate, isRaise } from '#domain/limits/certificate.ts'
import { comparableWords, sampleWords } from '#domain/limits/comparableWords.ts'
import { type WrittenCertificate, windowLines } from '#sources/exports/certificateMarkdown.ts'
import { guardsTable, sidesTable } from '#sources/exports/words/certificateTables.ts'
import { organisationWords, simulatedWords } from '#sources/exports/words/incidentWords.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './Certificate.module.css'
import { CertificateTable } from './CertificateTable.tsx'
import { LoadBands } from './LoadBands.tsx'
import { SidePicture } from './SidePicture.tsx'

type Props = {
  written: WrittenCertificate
  /** On paper it says whose it is and whether it is simulated; on the screen the frame does. */
  isPaper?: boolean
}

/** The certificate of a changed limit: what was found, what it rests on, what speaks against it. */
export function CertificateSheet({ written, isPaper = false }: Props) {
  const { certificate, choice, organisation, title, zone, problems } = written
  const words = certificateWords(certificate, zone)
  const { sides, change, before, after } = certificate
  const simulated = simulatedWords(organisation)
  const highest = Math.max(change.from, change.to, sides.before.peak ?? 0, sides.after.peak ?? 0)
  const mostRefused = Math.max(1, ...sides.before.refused, ...sides.after.refused)
  const picture = { highest, mostRefused, zone }
  return (
    <article className={classes.sheet} data-paper={isPaper} aria-labelledby="certificate-title">
      {isPaper && simulated ? <p className={classes.simulated}>{simulated}</p> : null}
      {isPaper ? <p className={classes.whose}>{organisationWords(organisation)}</p> : null}
      <h1 id="certificate-title" className={classes.title}>
        {title}: {words.title}
      </h1>
      <p className={classes.verdict}>
        <StateGlyph state={glyphOf(certificate)} sizePx={16} />
        <b>{words.word}</b>
        <span>{words.sentence}</span>
      </p>
      {words.against === '' ? null : <p className={classes.against}>{words.against}</p>}
      <p className={classes.next}>
        <b>What to do.</b> {words.next}
      </p>
      <div className={classes.sides}>
        <SidePicture
          name="Before"
          side={sides.before}
          span={before}
          limit={change.from}
          {...picture}
        />
        <SidePicture name="After" side={sides.after} span={after} limit={change.to} {...picture} />
      </div>
      <div className={classes.pair}>
        <section aria-labelledby="bands-title">
          <h2 id="bands-title">Refused share by load</h2>
          <LoadBands certificate={certificate} />
        </section>
        <section aria-labelledby="sides-title">
          <h2 id="sides-title">Both windows</h2>
          <CertificateTable table={sidesTable(certificate)} />
        </section>
      </div>
      <section aria-labelledby="guards-title">
        <h2 id="guards-title">Queues</h2>
        <CertificateTable table={guardsTable(certificate)} />
      </section>
      <section aria-labelledby="how-title">
        <h2 id="how-title">How it was compared</h2>
        {[...windowLines(written), comparableWords(choice), sampleWords(choice.sample), ...problems]
          .filter((line) => line !== '')
          .map((line) => (
            <p key={line} className={classes.quiet}>
              {line}
            </p>
          ))}
      </section>
    </article>
  )
}

/** What is good news has the full glyph, what is bad the block, what is not known the ring. */
function glyphOf({ change, result }: Certificate) {
  const isGood = isRaise(change) ? 'worked' : 'did-not'
  if (result.word === isGood) return 'ok'
  return result.word === 'worked' || result.word === 'did-not' ? 'critical' : 'unknown'
}
