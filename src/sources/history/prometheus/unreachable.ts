/**
 * Why there is no readable reply from a Prometheus, in one sentence: a browser does not say which of
 * these it was.
 */
export const unreachableWords = (url: string) =>
  url.startsWith('/')
    ? `There is no readable reply from ${url}: the server of this page does not answer.`
    : `There is no readable reply from ${url}: nothing listens there, it does not allow this page (CORS), or the ` +
      `page may not ask it (start with tidemark serve --connect ${new URL(url).origin}).`
