import { type Html, html } from '../html.ts'
import type { TextColumn, TextTable } from '../words/textTable.ts'

/** A table with its heading; the sentence that stands for it where it has no row. */
export function reportTable({ title, columns, rows, empty, remarks }: TextTable): Html {
  const body =
    rows.length === 0
      ? html`<p>${empty}</p>`
      : html`<div class="scroll"><table><thead><tr>${columns.map(headCell)}</tr></thead><tbody>${rows.map(
          (row) => html`<tr>${row.map((cell, i) => bodyCell(cell, columns[i], i === 0))}</tr>`,
        )}</tbody></table></div>`
  const list =
    remarks.length === 0
      ? null
      : html`<ul class="quiet">${remarks.map((remark) => html`<li>${remark}</li>`)}</ul>`
  return html`<section><h2>${title}</h2>${body}${list}</section>`
}

const headCell = (column: TextColumn) => html`<th scope="col"${classOf(column)}>${column.name}</th>`

const bodyCell = (text: string, column: TextColumn | undefined, isFirst: boolean) =>
  isFirst
    ? html`<th scope="row"${classOf(column)}>${text}</th>`
    : html`<td${classOf(column)}>${text}</td>`

function classOf(column: TextColumn | undefined): Html | null {
  if (column?.isNumber) return html` class="number"`
  return column?.isInstant ? html` class="instant"` : null
}
