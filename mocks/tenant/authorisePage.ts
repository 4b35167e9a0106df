const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const frame = (title: string, content: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto; padding: 0 1rem }
  h1 { font-size: 1.4rem }
  code { overflow-wrap: anywhere }
  button { font: inherit; padding: .4rem .9rem; margin: 1rem .5rem 0 0 }
</style>
<main>${content}</main>
</html>
`

/** The simulator's sign-in page: one person, who may allow or refuse. It works without scripts. */
export const authorisePage = (about: {
  user: string
  organisation: string
  clientId: string
  redirectUri: string
}) =>
  frame(
    `Sign in to ${about.organisation} (simulated)`,
    `
  <h1>${escaped(about.organisation)} <small>(simulated)</small></h1>
  <p>The application <code>${escaped(about.clientId)}</code> asks to read this organisation. The answer
  goes to <code>${escaped(about.redirectUri)}</code>.</p>
  <form method="post">
    <button name="decision" value="allow">Sign in as ${escaped(about.user)}</button>
    <button name="decision" value="deny">Deny</button>
  </form>
`,
  )

/** A page that says one thing. */
export const refusalPage = (message: string) => frame(message, `<p>${escaped(message)}</p>`)
