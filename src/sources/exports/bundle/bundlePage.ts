import { html, type Html, styleElement, textOf } from '../html.ts'
import {
  BUNDLE_MARK,
  BUNDLE_VERSION,
  type BundlePart,
  PART_END,
  partTag,
  REPORT_ID,
  CHECK_ID,
  VIEWER_PART,
  VIEWER_TAG,
} from './bundleFormat.ts'
import { sha256Base64 } from './sha256.ts'

type Page = {
  title: string
  css: string
  /** The report as it was when the bundle was written, for readers without scripts. */
  report: Html
  /** Manifest, data and viewer. */
  parts: readonly BundlePart[]
}

/**
 * Nothing is requested, whatever somebody puts into the page, and no other code runs than the viewer
 * that was written with it.
 */
const policyOf = (viewer: string) =>
  [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    `script-src 'sha256-${sha256Base64(viewer)}'`,
  ].join('; ')

const UNCHECKED =
  'Not checked: this page checks itself where scripts may run. What stands below was worked out when it was written.'

/** A bundle as one HTML document: it opens without Tidemark, from a file, with the network off. */
export function bundlePage({ title, css, report, parts }: Page): string {
  const viewer = parts.find(({ part }) => part === VIEWER_PART)!.text
  const head = html`<meta charset="utf-8" />
<meta name="${BUNDLE_MARK}" content="${BUNDLE_VERSION}" />
<meta http-equiv="Content-Security-Policy" content="${policyOf(viewer)}" />
<meta name="referrer" content="no-referrer" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${title}</title>
${styleElement(css)}`
  const body = html`<div id="${CHECK_ID}" data-state="unchecked"><p role="status">${UNCHECKED}</p></div>
<main id="${REPORT_ID}">${report}</main>`
  const data = parts
    .filter(({ part }) => part !== VIEWER_PART)
    .map(({ part, text }) => `${partTag(part)}${text}${PART_END}\n`)
  return `<!doctype html>
<html lang="en">
<head>
${textOf(head)}
</head>
<body>
${textOf(body)}
${data.join('')}${VIEWER_TAG}${viewer}${PART_END}
</body>
</html>
`
}

/**
 * Code as it may stand in a page: nothing in it ends its element or begins a comment. Such text only
 * occurs within strings and patterns, where an escape means the same.
 */
export const viewerText = (code: string): string =>
  code.replace(/\r\n?/g, '\n').replace(/<(?=\/?script|!--)/gi, '\\x3c')
