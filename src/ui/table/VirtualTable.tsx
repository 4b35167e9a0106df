import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import classes from './VirtualTable.module.css'

export type Column<Row> = {
  id: string
  heading: string
  /** A grid track: `72px`, `minmax(120px, 1fr)`. */
  width: string
  /** Numbers stand right. */
  isNumber?: boolean
  cell: (row: Row) => ReactNode
}

type Props<Row> = {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row, index: number) => string
  /** The row that is marked; −1 for none. It is kept in view. */
  selected: number
  onSelect: (index: number) => void
  /** Enter, or a double click, on a row. */
  onOpen?: (index: number) => void
  /** Said in place of rows. */
  empty: ReactNode
}

const ROW_PX = 24
/** The headings stay at the top of what scrolls. */
const HEAD_PX = 20
const OVERSCAN_ROWS = 8

/**
 * A table of any length: only the rows in view exist. Arrow keys, Page Up and Down, Home and End move
 * the selection; assistive technology hears the true number of rows.
 */
export function VirtualTable<Row>(props: Props<Row>) {
  const { label, columns, rows, keyOf, selected, onSelect, onOpen, empty } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- about React Compiler, which is not in use here
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
  })
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: 'auto' })
  }, [selected, virtual])
  const template = columns.map((column) => column.width).join(' ')
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const page = Math.max(
      1,
      Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_PX) / ROW_PX) - 1,
    )
    const target = rowAfterKey(event.key, selected, rows.length, page)
    if (target !== null) onSelect(target)
    else if (event.key === 'Enter' && selected >= 0) onOpen?.(selected)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // Focus and scrolling belong to one element, or the keyboard could not reach what is scrolled.
    <div
      ref={scroller}
      className={classes.table}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={selected >= 0 ? `${id}-${selected}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={classes.top}>
        <div
          role="row"
          aria-rowindex={1}
          className={classes.headings}
          style={{ gridTemplateColumns: template }}
        >
          {columns.map((column) => (
            <span key={column.id} role="columnheader" data-number={column.isNumber ?? false}>
              {column.heading}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {rows.length === 0 ? <div className={classes.empty}>{empty}</div> : null}
        <div
          className={classes.body}
          role="presentation"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, start }) => (
            // The grid above handles every key; a click is the pointer's way to the same.
            <div
              key={keyOf(rows[index]!, index)}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === selected}
              className={classes.row}
              style={{
                gridTemplateColumns: template,
                transform: `translateY(${start - HEAD_PX}px)`,
              }}
              onClick={() => onSelect(index)}
              onDoubleClick={() => onOpen?.(index)}
            >
              {columns.map((column) => (
                <span key={column.id} role="gridcell" data-number={column.isNumber ?? false}>
                  {column.cell(rows[index]!)}
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

/** Where a key leads; null for keys that lead nowhere. */
function rowAfterKey(key: string, from: number, rows: number, page: number): number | null {
  if (rows === 0) return null
  const clamp = (index: number) => Math.min(rows - 1, Math.max(0, index))
  if (key === 'ArrowDown') return clamp(from + 1)
  if (key === 'ArrowUp') return clamp(from < 0 ? rows - 1 : from - 1)
  if (key === 'PageDown') return clamp(from + page)
  if (key === 'PageUp') return clamp(from - page)
  if (key === 'Home') return 0
  return key === 'End' ? rows - 1 : null
}
