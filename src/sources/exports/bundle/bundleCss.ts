/**
 * The line that says whether a bundle is as it was written; everything else is the report's. It keeps
 * room for three lines, so that nothing moves when the check is over. Words stay in ink: the bar beside
 * them, solid, double or dotted, says it once more (look.md).
 */
export const bundleCss = `
#tidemark-check {
  box-sizing: border-box;
  min-height: 92px;
  width: calc(100% - 48px);
  max-width: 932px;
  margin: 16px auto 0;
  padding: 10px 16px;
  border-left: 6px dotted #596572;
  background: #f5f7f9;
  color: #141c25;
  font: 14px/20px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif;
}
#tidemark-check p { margin: 0; overflow-wrap: anywhere; }
#tidemark-check[data-state="intact"] { border-left-style: solid; border-left-color: #056245; }
#tidemark-check[data-state="changed"],
#tidemark-check[data-state="unreadable"] { border-left-style: double; border-left-color: #9a2b00; }
#tidemark-check[data-state="differs"] { border-left-style: double; border-left-color: #bf7c07; }
#tidemark-check button {
  margin-top: 8px;
  padding: 3px 12px;
  border: 1px solid #7a8693;
  border-radius: 4px;
  background: #fff;
  color: #141c25;
  font: inherit;
}
#tidemark-check button:focus-visible { outline: 2px solid #0069a8; outline-offset: 2px; }
@media print { #tidemark-check button { display: none; } }
`
