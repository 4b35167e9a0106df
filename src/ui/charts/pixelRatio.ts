/**
 * Calls when the number of device pixels per CSS pixel changes: with the browser's zoom, and when the
 * window moves to another screen. Returns the way out.
 */
export function watchPixelRatio(onChange: () => void): () => void {
  let query: MediaQueryList
  // A query holds for one ratio; at the next change another has to be asked.
  function watch() {
    query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', changed, { once: true })
  }
  function changed() {
    onChange()
    watch()
  }
  watch()
  return () => query.removeEventListener('change', changed)
}
