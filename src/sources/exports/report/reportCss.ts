/**
 * The style of a report, for the screen and for paper: A4 and Letter, always in the light theme. Rows,
 * charts and headings stay whole; tables repeat their heads on every page.
 */
export const reportCss = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0;
  background: #ffffff;
  color: #141c25;
  font: 14px/20px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
.report {
  max-width: 980px;
  margin: 0 auto;
  padding: 24px 24px 48px;
  overflow-wrap: anywhere;
}
.report h1 { margin: 0 0 4px; font-size: 26px; line-height: 32px; font-weight: 650; }
.report h2 {
  margin: 32px 0 8px;
  padding-top: 12px;
  border-top: 1px solid #dde3e9;
  font-size: 18px;
  line-height: 24px;
  font-weight: 650;
}
.report h3 { margin: 16px 0 4px; font-size: 14px; line-height: 20px; font-weight: 600; }
.report p { margin: 0 0 6px; }
.report a { color: inherit; }
.report .simulated {
  margin: 0 0 12px;
  padding: 6px 12px;
  border: 1px dashed #7a8693;
  font-weight: 600;
}
.report .word { font-size: 20px; line-height: 24px; font-weight: 650; }
.report .sentence { font-size: 15px; }
.report .quiet, .report figcaption, .report .meaning { color: #404c59; font-size: 12px; line-height: 16px; }
.report figure { margin: 0 0 20px; }
.report figure svg { display: block; width: 100%; height: auto; }
.report figcaption { margin-top: 4px; }
.report table { width: 100%; border-collapse: collapse; font-size: 12px; line-height: 16px; }
.report th, .report td {
  padding: 4px 12px 4px 0;
  border-bottom: 1px solid #dde3e9;
  text-align: left;
  vertical-align: top;
}
.report th { font-weight: 600; }
.report thead th { color: #596572; font-weight: 500; vertical-align: bottom; }
.report thead th { overflow-wrap: normal; }
.report th[scope="row"] { min-width: 88px; }
.report .number { text-align: right; }
.report tbody .number, .report .instant { white-space: nowrap; }
.report .scroll { overflow-x: auto; }
.report dl { margin: 4px 0; font-size: 12px; line-height: 16px; }
.report dl > div { display: grid; grid-template-columns: 2fr 2fr 5fr; gap: 12px; padding: 2px 0; }
.report dt { color: #404c59; }
.report dd { margin: 0; font-weight: 600; }
.report dd.meaning { font-weight: 400; }
.report .facts { margin: 8px 0 0; font-size: 14px; line-height: 20px; }
.report .facts > div { grid-template-columns: 80px 1fr; }
.report .facts dd { font-weight: 400; }
.report ol, .report ul { margin: 4px 0; padding-left: 24px; }
.report li { margin-bottom: 6px; }
.report .text { white-space: pre-wrap; }
@media (max-width: 640px) {
  .report { padding: 16px 12px 32px; }
  .report dl > div { grid-template-columns: 1fr; gap: 0; }
}
@page { margin: 15mm; }
@media print {
  html, body { background: #ffffff; color: #141c25; font-size: 10pt; line-height: 14pt; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .report { max-width: none; padding: 0; }
  .report .scroll { overflow: visible; }
  .report h2 { margin-top: 18pt; }
  .report h1, .report h2, .report h3 { break-after: avoid; }
  .report figure, .report tr, .report li, .report .evidence, .report .verdict, .report dl > div { break-inside: avoid; }
  .report thead { display: table-header-group; }
  .report p, .report li { orphans: 3; widows: 3; }
  .report a { color: inherit; text-decoration: none; }
  .report th, .report td { padding-right: 8px; }
}
`
