import { SaxesParser } from 'saxes'
import type { FilePass, Hears } from '../filePass.ts'
import { jtlFormat } from '../jtl/jtlFormat.ts'
import { createSampleStamps } from '../jtl/sampleStamps.ts'
import { createSamplePass } from '../samples/samplePass.ts'
import { hostIn } from '../samples/hostIn.ts'
import { createSampleTexts } from '../samples/sampleTexts.ts'
import { createTextSamples } from '../samples/textSample.ts'
import { encodingOf } from './encodingOf.ts'
import { type Attributes, isSampleElement, isTransaction, xmlSample } from './xmlSample.ts'

/** A sample that is open: its children come before it is over. */
type Open = { attributes: Attributes; line: number; failureMessage: string; url: string }

const REPEAT = { isRepeat: () => true }
/** What an HTTP sample asked for. */
const URL_ELEMENT = 'java.net.URL'
const TOLD = { codes: true, failures: true, labels: true, subSamples: true, clients: true }
/** An assertion's message is shown in 200 characters; a plug-in may write a page of HTML there. */
const MAX_MESSAGE_CHARS = 2_000

/**
 * Reads a JMeter XML JTL as it streams by, also one that is cut off. What stands inside a sample
 * (redirects, embedded resources, the requests of a transaction) are sub-samples: they are counted
 * apart. A transaction repeats the requests in it, any other sample stands for what is in it.
 * Source: JMeter manual, "Listeners", "XML Log format 2.1 and later".
 */
export function openJtlXmlPass(name: string, head: string, hears: Hears): FilePass {
  const texts = createSampleTexts()
  const sampleOf = createTextSamples(texts)
  const pass = createSamplePass(name, jtlFormat('jtl-xml', TOLD, hears.stamp), texts, hears)
  const stamps = createSampleStamps(hears.stamp)
  const decoder = new TextDecoder(encodingOf(head))
  const parser = new SaxesParser()
  const open: Open[] = []
  let transactions = 0
  let repeated = 0
  let broken = 0
  let firstBroken = ''
  let isRootClosed = false
  /** Tests ask for the same address again and again. */
  let lastUrl = ''
  let lastHost = ''

  parser.on('error', (error) => {
    broken += 1
    firstBroken ||= `line ${parser.line}: ${wordsOf(error)}`
  })
  parser.on('opentag', (tag) => {
    const attributes = tag.attributes as Attributes
    if (isSampleElement(attributes))
      open.push({ attributes, line: parser.line, failureMessage: '', url: '' })
    else if (open.length > 0 && tag.name === 'failureMessage') parser.on('text', hear)
    else if (open.length > 0 && tag.name === URL_ELEMENT) parser.on('text', hearUrl)
  })
  parser.on('closetag', (tag) => {
    if (tag.name === 'failureMessage' || tag.name === URL_ELEMENT) parser.off('text')
    if (tag.name === 'testResults') isRootClosed = true
    const one = open.at(-1)
    if (one && one.attributes === tag.attributes) {
      open.pop()
      take(one, open.at(-1) ?? null)
    }
  })

  function hear(text: string) {
    const one = open.at(-1)
    if (one) one.failureMessage = `${one.failureMessage}${text}`.slice(0, MAX_MESSAGE_CHARS)
  }

  function hearUrl(text: string) {
    const one = open.at(-1)
    if (one) one.url = `${one.url}${text}`.slice(0, MAX_MESSAGE_CHARS)
  }

  function hostOf(url: string): string {
    if (url !== lastUrl) lastHost = hostIn(url.trim())
    lastUrl = url
    return lastHost
  }

  function take({ attributes, line, failureMessage, url }: Open, parent: Open | null) {
    const read = xmlSample(attributes, { failureMessage, host: hostOf(url) }, hears.stamp)
    if (typeof read === 'string') {
      pass.reject(line, read)
      return
    }
    const isSum = isTransaction(attributes)
    if (!parent) {
      if (isSum) transactions += 1
      else stamps.see(read)
      pass.take(sampleOf(read), isSum ? REPEAT : undefined)
      return
    }
    // The whole of the test's threads is told by the samples around: its peak is theirs.
    pass.takeSub(sampleOf({ ...read, allThreads: null }), {
      isRepeat: (isFailed) => {
        const isRepeat =
          isSum || (!isTransaction(parent.attributes) && !(isFailed && hasWorked(parent)))
        if (isRepeat) repeated += 1
        return isRepeat
      },
    })
  }

  function warnings(): string[] {
    const told: string[] = []
    if (pass.fileId() === null) told.push('the file holds no samples')
    if (transactions > 0)
      told.push(
        `${transactions} samples of transaction controllers repeat what is in them: they are not charted as attempts or errors`,
      )
    if (repeated > 0)
      told.push(
        `${repeated} sub-samples (redirects, embedded resources) are part of the sample around them: they are not charted as attempts or errors`,
      )
    if (broken > 0)
      told.push(
        `${broken} places are not well-formed XML and were passed over; the first is ${firstBroken}`,
      )
    return told
  }

  return {
    push: (bytes) => void parser.write(decoder.decode(bytes, { stream: true })),
    end() {
      parser.write(decoder.decode())
      const { line } = parser
      const isCut = !isRootClosed
      // What is still open is told here, once: the parser would tell it again.
      parser.off('error')
      parser.on('error', () => undefined)
      parser.close()
      if (isCut)
        pass.reject(
          line,
          open.length > 0
            ? 'the document ends inside a sample'
            : 'the document ends before </testResults>',
        )
      pass.end()
      return pass.result(warnings(), { stamps: stamps.result() })
    },
  }
}

const hasWorked = ({ attributes }: Open) => attributes['s'] === 'true'

/** The parser puts the place before its words. */
const wordsOf = ({ message }: Error) => message.replace(/^\d+:\d+: /, '')
