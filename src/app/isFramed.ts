/** Whether this page stands in a frame of another page, as it does inside Genesys Cloud. */
export const isFramed = () => window.self !== window.top
