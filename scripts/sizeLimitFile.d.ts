/** The package ships no types: a plugin is opaque to us, `size-limit` alone looks inside. */
declare module '@size-limit/file' {
  const plugins: ((...args: unknown[]) => unknown)[]
  export default plugins
}
