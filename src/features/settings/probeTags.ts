const SCRIPT = '/tidemark-probe.js'
/** Where `tidemark serve --record` has the feed of its recorder, and where that takes reports. */
const FEED_PATH = '/feed'
const REPORT_PATH = '/probe'

/** The tag for pages of the origin that Tidemark is served from: they report to its tabs. */
export const sameOriginTag = (app: string) => `<script src="${SCRIPT}" data-app="${app}"></script>`

/** The tag for pages anywhere, that report to the recorder behind this page; null where there is none. */
export const recorderTag = (app: string, feedUrl: string | null, origin: string) =>
  feedUrl === origin + FEED_PATH
    ? `<script src="${origin}${SCRIPT}" data-app="${app}" data-to="${origin}${REPORT_PATH}"></script>`
    : null
