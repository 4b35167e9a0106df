/** A flag: nothing explains a change. The word beside it says so. */
export const UnexplainedGlyph = () => (
  <svg width="10" height="10" viewBox="0 0 12 12" aria-hidden="true">
    <path d="M2.5 11.5V1h7L7.4 3.8l2.1 2.8h-7" fill="none" stroke="var(--ink)" strokeWidth="1.4" />
  </svg>
)
