/** The sign of a limit that was asked for: a thin dashed step. The number beside it says which. */
export const PendingStep = () => (
  <svg width="16" height="10" aria-hidden="true">
    <path
      d="M0 8.5H8V1.5H16"
      fill="none"
      stroke="var(--limit)"
      strokeWidth="1.75"
      strokeDasharray="3 2"
    />
  </svg>
)
