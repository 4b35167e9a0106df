/** A key in full: where it does not fit, it breaks after a dot and nowhere else. */
export function DottedName({ name }: { name: string }) {
  const parts = name.split(/(?<=\.)/)
  return parts.map((part, i) => (
    <span key={parts.slice(0, i + 1).join('')}>
      {part}
      <wbr />
    </span>
  ))
}
